"""The permission table: what every address answers to every role.

`TABLE` has a line for each named address, with one letter a role, in the order of `tests.world.ROLES`:
anonymous, stranger, educator, lead of a group, partner contact, staff of another network, staff of this one,
staff for all, coordinator.

    o shown          l sign in first   r sent on        - not found
    f forbidden      p wants a POST    e empty form     c conflict       t too many tries

    o shown       l sign in first   r sent on     - not found   f forbidden   p wants a POST
    e empty form refused            c conflict    t too many tries
"""

import uuid

from django.utils import timezone

from partners.models import MailTopic
from partners.people.domain import preferences
from partners.prospects.domain import inviting
from registrations.seats import calendars

NOBODY = uuid.UUID(int=0)


def this(world):
    return {"slug": world.this.slug}


def past(world):
    return {"slug": world.past.slug}


def mou(world):
    return {"slug": world.part.mou.slug}


def part(world):
    return {**mou(world), "organization": world.organization.slug}


def locked(world):
    return {"slug": world.signature.document.mou.slug}


def locked_part(world):
    return {**locked(world), "organization": world.organization.slug}


def locked_document(world):
    return {**locked(world), "number": 1}


def signature(world):
    return {**locked(world), "uid": world.signature.uid}


def sign_token(world):
    return {"token": world.sign_token}


def draft_section(world):
    return {**mou(world), "number": 2, "key": "goals"}


def meeting(world):
    return {"uid": world.meeting.uid}


def organization(world):
    return {"slug": world.organization.slug}


def last_part(link):
    return link.rstrip("/").split("/")[-1]


def invited(world):
    return {"slug": world.invitation.organization.slug}


def pair(world):
    keys = sorted([world.people["stranger"].pk, world.people["educator"].pk])
    return {"what": "person", "first": keys[0], "second": keys[1]}


ARGUMENTS = {
    "calendar_month": lambda world: {"year": 2026, "month": 12},
    "choose_group": this,
    "document": lambda world: {"uid": world.document.uid},
    "complete_registration": this,
    "evaluation": past,
    **dict.fromkeys(
        ["table_import", "table_import_apply", "table_import_columns", "table_import_drop"],
        lambda world: {"uid": world.table.uid},
    ),
    "table_export": lambda world: {"kind": "people", "form": "csv"},
    "table_import_example": lambda world: {"kind": "people", "form": "csv"},
    "job": lambda world: {"uid": world.job.uid},
    "job_result": lambda world: {"uid": world.job.uid},
    "mfa_edit_webauthn": lambda world: {"pk": 1},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
    "learning_network": this,
    "leave_network": this,
    "leave_session": lambda world: {**this(world), "token": "nonsense"},
    "miss_meeting": meeting,
    **dict.fromkeys(
        [
            "mou",
            "mou_ask",
            "mou_ask_many",
            "mou_board",
            "mou_edit",
            "mou_proposals",
            "mou_text",
            "mou_text_changes",
        ],
        mou,
    ),
    **dict.fromkeys(["mou_part", "mou_part_changes", "mou_part_comment", "mou_part_contacts"], part),
    **dict.fromkeys(["mou_part_judge", "mou_part_model", "mou_part_remind", "mou_part_rows"], part),
    "mou_circulate": lambda world: {**mou(world), "number": 2},
    "mou_proposal": lambda world: {**mou(world), "uid": world.proposal.uid},
    "mou_propose": lambda world: {**mou(world), "number": 1, "key": "goals"},
    "mou_section": draft_section,
    "mou_section_new": lambda world: {**mou(world), "number": 2},
    "mou_section_place": draft_section,
    "mou_text_next": mou,
    "mou_text_version": lambda world: {**mou(world), "number": 1},
    **dict.fromkeys(["mou_document", "mou_document_changes", "mou_document_html"], locked_document),
    **dict.fromkeys(["mou_document_pdf", "mou_sign_by", "mou_unlock"], locked_document),
    **dict.fromkeys(["mou_lock", "mou_remind", "mou_signatures", "mou_term"], locked),
    **dict.fromkeys(["mou_reopen", "mou_withdraw"], locked_part),
    **dict.fromkeys(
        ["mou_ask_again", "mou_evidence", "mou_evidence_pdf", "mou_paper", "mou_scan", "mou_signatory"],
        signature,
    ),
    **dict.fromkeys(["sign", "sign_evidence", "sign_html", "sign_pdf", "sign_scan"], sign_token),
    "my_calendar": lambda world: {"token": calendars.token_of(world.people["educator"])},
    "my_documents": past,
    "network": this,
    "network_calendar": this,
    "network_cancel": this,
    "network_clone": this,
    "network_edit": this,
    "network_preview": this,
    "network_publish": this,
    "network_unpublish": this,
    **dict.fromkeys(
        ["category_delete", "category_edit", "category_place"],
        lambda world: {"code": world.match.need.category.code},
    ),
    "contribution_edit": lambda world: {"uid": world.match.contribution.uid},
    "contribution_new": organization,
    "contribution_withdraw": lambda world: {"uid": world.match.contribution.uid},
    **dict.fromkeys(["mine_colleagues", "mine_edit", "mine_hand_over", "mine_of"], organization),
    "mine_colleague_judge": lambda world: {**organization(world), "uid": world.people["educator"].uid},
    **dict.fromkeys(
        ["year_review", "year_review_pdf"],
        lambda world: {**organization(world), "year": timezone.localdate().year - 1},
    ),
    "match": lambda world: {"uid": world.match.uid},
    "match_act": lambda world: {"uid": world.match.uid, "act": "confirm"},
    "matrix_export": lambda world: {"kind": "csv"},
    "need_edit": lambda world: {"uid": world.match.need.uid},
    "need_new": organization,
    "need_withdraw": lambda world: {"uid": world.match.need.uid},
    "needs_of": organization,
    "invitation": lambda world: {"token": last_part(inviting.link_of(world.invitation))},
    "partner": organization,
    "partner_contacts": organization,
    "prospect": invited,
    "prospect_move": invited,
    "prospect_write_to": invited,
    "stop_invitations": lambda world: {"token": last_part(inviting.stop_link_of(world.invitation))},
    "duplicate_merge": pair,
    "duplicate_reviewed": pair,
    "merge_undo": lambda world: {"uid": NOBODY},
    "register": this,
    "team_edit": lambda world: {"uid": world.team.uid},
    "team_join": lambda world: {"uid": world.team.uid},
    "team_leave": lambda world: {"uid": world.team.uid},
    "team_listed": lambda world: {"uid": world.team.uid},
    "register_code": lambda world: {**this(world), "uid": world.hold.uid},
    "staff_change_meetings": this,
    "staff_complete": meeting,
    "staff_document": lambda world: {"uid": world.document.uid},
    "staff_document_act": lambda world: {"uid": world.document.uid, "act": "revoke"},
    "staff_documents": past,
    "staff_documents_issue": past,
    "staff_evaluation": past,
    "staff_evaluation_act": lambda world: {**past(world), "act": "close"},
    "staff_evaluation_export": lambda world: {**past(world), "kind": "csv"},
    "staff_evaluation_results": past,
    "staff_export": past,
    "staff_mark": lambda world: {"uid": world.group_meeting.uid, "registration": world.registration.uid},
    "staff_mark_everyone": meeting,
    "staff_meeting": meeting,
    "staff_network": this,
    "staff_people": this,
    "staff_person": lambda world: {**this(world), "uid": world.registration.uid},
    "staff_person_act": lambda world: {**this(world), "uid": world.registration.uid, "act": "remove"},
    "staff_reopen": meeting,
    "staff_sheet": lambda world: {"uid": world.group_meeting.uid},
    "staff_undo_everyone": lambda world: {**meeting(world), "batch": NOBODY},
    "staff_walk_in": meeting,
    "unsubscribe": lambda world: {
        "token": preferences.unsubscribe_url(world.people["educator"], MailTopic.REMINDERS)
        .rstrip("/")
        .split("/")[-1]
    },
    "verified": lambda world: {"code": world.document.code},
}
POSTS = {
    "duplicates_look",
    "category_delete",
    "category_place",
    "table_import_apply",
    "table_import_drop",
    "ask_to_be_confirmed",
    "mine_colleague_judge",
    "prospect_move",
    "prospect_write_to",
    "contribution_withdraw",
    "match_act",
    "match_propose",
    "need_withdraw",
    "address_code_again",
    "address_primary",
    "address_remove",
    "miss_meeting",
    "mou_ask_again",
    "mou_part_comment",
    "mou_part_judge",
    "mou_part_model",
    "mou_part_remind",
    "mou_remind",
    "mou_reopen",
    "mou_section_place",
    "mou_sign_by",
    "mou_text_next",
    "mou_unlock",
    "network_publish",
    "network_unpublish",
    "position_leave",
    "position_unname",
    "reset_private_links",
    "staff_complete",
    "staff_evaluation_act",
    "staff_document_act",
    "staff_documents_issue",
    "staff_mark",
    "staff_mark_everyone",
    "staff_person_act",
    "staff_reopen",
    "staff_undo_everyone",
    "duplicate_reviewed",
    "merge_undo",
    "team_join",
    "team_leave",
    "team_listed",
}
# What anybody reaches without signing in, and nothing else.
ANONYMOUS = {
    "invitation",
    "stop_invitations",
    "accessibility",
    "account_complete_password_reset",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_password_reset_completed",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",
    "calendar",
    "calendar_month",
    "check_mou",
    "health",
    "home",
    "matrix",
    "my_calendar",
    "needs_of",
    "network",
    "network_calendar",
    "networks",
    "organization_search",
    "partner",
    "partners",
    "partnership",
    "register",
    "register_code",
    "sign",
    "sign_html",
    "sign_pdf",
    "unsubscribe",
    "verified",
    "verify",
}
# anonymous, stranger, educator, lead, partner, staff of the other network, staff of this, staff, coordinator
TABLE = {
    "ask_to_be_confirmed": "lrrrrrrrr",
    "accessibility": "ooooooooo",
    "account_change_password": "loooooooo",
    "account_complete_password_reset": "rrrrrrrrr",
    "account_confirm_login_code": "lrrrrrrrr",
    "account_confirm_password_reset_code": "lllllllll",
    "account_email": "lrrrrrrrr",
    "account_email_verification_sent": "lrrrrrrrr",
    "account_inactive": "ooooooooo",
    "account_login": "orrrrrrrr",
    "account_logout": "roooooooo",
    "account_password_reset_completed": "ooooooooo",
    "account_reauthenticate": "loooooooo",
    "account_request_login_code": "orrrrrrrr",
    "account_reset_password": "ooooooooo",
    "account_set_password": "lrrrrrrrr",
    "account_signup": "orrrrrrrr",
    "address_code": "lrrrrrrrr",
    "address_code_again": "lrrrrrrrr",
    "address_primary": "l--------",
    "address_remove": "l--------",
    "addresses": "loooooooo",
    "calendar": "ooooooooo",
    "calendar_month": "ooooooooo",
    "categories": "lfffffffo",
    "category_delete": "lfffffffr",
    "category_edit": "lfffffffo",
    "category_new": "lfffffffo",
    "category_place": "lfffffffr",
    "check_mou": "ooooooooo",
    "choose_group": "l-o------",
    "complete_registration": "l--------",
    "contribution_edit": "l-------o",
    "contribution_new": "l---o---o",
    "contribution_withdraw": "l-------r",
    "document": "l-o---ooo",
    "duplicate_choose": "lfffffffo",
    "duplicates_look": "lfffffffr",
    "duplicate_merge": "lfffffffo",
    "duplicate_reviewed": "lfffffffr",
    "duplicates": "lfffffffo",
    "evaluation": "l-o------",
    "health": "ooooooooo",
    "home": "ooooooooo",
    "job": "l-----o--",
    "job_result": "l--------",
    "learning": "loooooooo",
    "learning_network": "l-o------",
    "leave_network": "l-o------",
    "leave_session": "---------",
    "match": "l---o---o",
    "match_act": "l---f---r",
    "match_propose": "l--------",
    "matches": "loffofffo",
    "matrix": "ooooooooo",
    "matrix_export": "loooooooo",
    "mine": "lrffrfffo",
    "mine_colleague_judge": "l---r---r",
    "mine_colleagues": "l---o---o",
    "mine_edit": "l---o---o",
    "mine_hand_over": "l---o---o",
    "mine_of": "l---o---o",
    "merge_undo": "lfffffff-",
    "mfa_activate_totp": "lrrrrrrrr",
    "mfa_add_webauthn": "lrrrrrrrr",
    "mfa_authenticate": "lrrrrrrrr",
    "mfa_deactivate_totp": "l--------",
    "mfa_download_recovery_codes": "l--------",
    "mfa_edit_webauthn": "lrrrrrrrr",
    "mfa_generate_recovery_codes": "lrrrrrrrr",
    "mfa_index": "lrrrrrrrr",
    "mfa_list_webauthn": "loooooooo",
    "mfa_login_webauthn": "lrrrrrrrr",
    "mfa_reauthenticate": "lrrrrrrrr",
    "mfa_reauthenticate_webauthn": "lrrrrrrrr",
    "mfa_remove_webauthn": "lrrrrrrrr",
    "mfa_view_recovery_codes": "l--------",
    "miss_meeting": "l-r------",
    "mou": "lo--o---o",
    "mou_ask": "lf--f---o",
    "mou_ask_again": "l---r--fr",
    "mou_ask_many": "lf--f---o",
    "mou_board": "lo--o---o",
    "mou_circulate": "lf--f---o",
    "mou_document": "l---o--oo",
    "mou_document_changes": "l--------",
    "mou_document_html": "l---o--oo",
    "mou_document_pdf": "l---o--oo",
    "mou_edit": "lf--f---o",
    "mou_evidence": "l---o--oo",
    "mou_evidence_pdf": "l--------",
    "mou_lock": "l---f---o",
    "mou_new": "lfffffffo",
    "mou_paper": "l---f--oo",
    "mou_part": "l---o---o",
    "mou_part_changes": "l---o---o",
    "mou_part_comment": "l---e---e",
    "mou_part_contacts": "lf--f---o",
    "mou_part_judge": "l---f---e",
    "mou_part_model": "l---r---r",
    "mou_part_remind": "lf--f---r",
    "mou_part_rows": "l---o---o",
    "mou_proposal": "l---o---o",
    "mou_proposals": "lo--o---o",
    "mou_propose": "lo--o---f",
    "mou_remind": "l---f---r",
    "mou_reopen": "l---f---r",
    "mou_scan": "l--------",
    "mou_section": "lf--f---o",
    "mou_section_new": "lf--f---o",
    "mou_section_place": "lf--f---r",
    "mou_sign_by": "l---f---r",
    "mou_signatory": "l---o--fo",
    "mou_signatures": "l---o--oo",
    "mou_term": "l---o---o",
    "mou_text": "lo--o---o",
    "mou_text_changes": "lo--o---o",
    "mou_text_next": "lf--f---r",
    "mou_text_version": "lo--o---o",
    "mou_unlock": "l---f---r",
    "mou_withdraw": "l---o---o",
    "mous": "loooooooo",
    "my_calendar": "ooooooooo",
    "my_documents": "l-o------",
    "need_edit": "l---o---o",
    "need_new": "l---o---o",
    "need_withdraw": "l---r---r",
    "needs_of": "ooooooooo",
    "network": "ooooooooo",
    "network_calendar": "ooooooooo",
    "network_cancel": "lfffffffo",
    "network_clone": "lfffffffo",
    "network_edit": "lfffffffo",
    "network_new": "lfffffffo",
    "network_preview": "lfffffffo",
    "network_publish": "lfffffffr",
    "network_unpublish": "lfffffffr",
    "networks": "ooooooooo",
    "organization_search": "ooooooooo",
    "our_needs": "lrffrfffo",
    "invitation": "ooooooooo",
    "letters": "lfffffffo",
    "partner": "ooooooooo",
    "partner_contacts": "lfffffffo",
    "coverage": "lffffoooo",
    "prospect": "lfffffffo",
    "prospect_move": "lfffffffr",
    "prospect_write_to": "lfffffffr",
    "prospects": "lfffffffo",
    "prospects_figures": "lfffffffo",
    "prospects_table": "lfffffffo",
    "stop_invitations": "ooooooooo",
    "suggest_organization": "loooooooo",
    "people_to_confirm": "lfffffffo",
    "partners": "ooooooooo",
    "partnership": "ooooooooo",
    "partnership_edit": "lfffffffo",
    "preferences": "loooooooo",
    "position_leave": "l--------",
    "position_new": "loooooooo",
    "position_unname": "l--------",
    "profile": "loooooooo",
    "register": "ooooooooo",
    "register_code": "ooooooooo",
    "reset_private_links": "lrrrrrrrr",
    "second_factor": "loooooooo",
    "sign": "ooooooooo",
    "sign_evidence": "---------",
    "sign_html": "ooooooooo",
    "sign_in_methods": "loooooooo",
    "sign_pdf": "ooooooooo",
    "sign_scan": "---------",
    "staff": "l--o-oooo",
    "staff_change_meetings": "l-----ooo",
    "staff_complete": "l-----rrr",
    "staff_document": "l-----ooo",
    "staff_document_act": "l-----eee",
    "staff_documents": "l-----ooo",
    "staff_documents_issue": "l-----rrr",
    "staff_evaluation": "l-----ooo",
    "staff_evaluation_act": "l-----rrr",
    "staff_evaluation_export": "l--------",
    "staff_evaluation_results": "l--------",
    "staff_export": "l-----ooo",
    "staff_mark": "l--e--eee",
    "staff_mark_everyone": "l-----rrr",
    "staff_meeting": "l-----ooo",
    "staff_network": "l-----ooo",
    "staff_networks": "lfffffffo",
    "staff_people": "l-----ooo",
    "staff_person": "l-----ooo",
    "staff_person_act": "l-----eee",
    "staff_reopen": "l-----rrr",
    "staff_sheet": "l--o--ooo",
    "staff_undo_everyone": "l-----rrr",
    "staff_walk_in": "l-----ooo",
    "table_import": "lfffffffo",
    "table_import_apply": "lfffffff-",
    "table_import_columns": "lfffffffo",
    "table_import_drop": "lfffffffr",
    "table_export": "lfffffffo",
    "table_import_example": "lfffffffo",
    "table_imports": "lfffffffo",
    "team_edit": "lfffffffo",
    "team_join": "lfffffffe",
    "team_leave": "lfffffffr",
    "team_listed": "lfrffffff",
    "team_new": "lfffffffo",
    "unlisted_organization": "lfffffff-",
    "unlisted_organizations": "lfffffffo",
    "unsubscribe": "ooooooooo",
    "usersessions_list": "loooooooo",
    "verified": "ooooooooo",
    "verify": "ooooooooo",
    "year_review": "l---o---o",
    "year_review_pdf": "l---o---o",
}
