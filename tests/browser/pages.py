"""Every page of the portal, for a browser that looks at the demo: who opens it, and with what."""

import json

from django.contrib import admin
from django.urls import reverse

from tests.browser.conftest import Portal

EVERYONE, EDUCATOR, STAFF, COORDINATOR, LEAD = "", "educator", "staff", "coordinator", "group-lead"
PARTNER = "partner"
ASK = """
import json
from meetings.models import Meeting, Network
from partners.models import Invitation, Match, Person, MailTopic
from partners.people.domain import preferences
from partners.prospects.domain import inviting
from registrations.models import Document, Registration
from django.utils import timezone
past = Network.objects.get(slug="ste-district-leaders-network-2020-21")
coming = past.clones.get()
monthly = Network.objects.get(slug__startswith="mathematics")
educator = Person.objects.get(emails__address="educator@example.org")
document = Document.objects.filter(kind="pdp").first()
registration = Registration.objects.filter(network=monthly).exclude(person=educator).first()
invitation = Invitation.objects.get(answer="none")
match = Match.objects.get(state="introduced")
print(json.dumps({
    "match": str(match.uid), "need": str(match.need.uid), "contribution": str(match.contribution.uid),
    "needs": match.need.organization.slug, "category": match.need.category.code,
    "group": str(coming.working_groups.exclude(lead=None).get().uid),
    "past": past.slug, "coming": coming.slug, "monthly": monthly.slug,
    "meeting": str(monthly.meetings.own().filter(ends_at__lt=timezone.now()).latest("starts_at").uid),
    "document": str(document.uid), "code": document.code, "registration": str(registration.uid),
    "invited": invitation.organization.slug,
    "invitation": inviting.link_of(invitation).rstrip("/").split("/")[-1],
    "stop": inviting.stop_link_of(invitation).rstrip("/").split("/")[-1],
    "token": preferences.unsubscribe_url(educator, MailTopic.REMINDERS).rstrip("/").split("/")[-1],
}))
"""
PAST, COMING, MONTHLY = ({"slug": name} for name in ("past", "coming", "monthly"))
MEETING = {"uid": "meeting"}
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "categories": (COORDINATOR, {}),
    "category_edit": (COORDINATOR, {"code": "category"}),
    "category_new": (COORDINATOR, {}),
    "contribution_edit": (COORDINATOR, {"uid": "contribution"}),
    "contribution_new": (PARTNER, {"slug": "needs"}),
    "match": (PARTNER, {"uid": "match"}),
    "invitation": (EVERYONE, {"token": "invitation"}),
    "coverage": (COORDINATOR, {}),
    "letters": (COORDINATOR, {}),
    "table_imports": (COORDINATOR, {}),
    "matches": (COORDINATOR, {}),
    "matrix": (COORDINATOR, {}),
    "prospect": (COORDINATOR, {"slug": "invited"}),
    "prospects": (COORDINATOR, {}),
    "prospects_figures": (COORDINATOR, {}),
    "prospects_table": (COORDINATOR, {}),
    "stop_invitations": (EVERYONE, {"token": "stop"}),
    "suggest_organization": (EDUCATOR, {}),
    "need_edit": (PARTNER, {"uid": "need"}),
    "mine": (COORDINATOR, {}),
    "mine_colleagues": (COORDINATOR, {"slug": "needs"}),
    "people_to_confirm": (COORDINATOR, {}),
    "mine_edit": (PARTNER, {"slug": "needs"}),
    "mine_hand_over": (PARTNER, {"slug": "needs"}),
    "mine_of": (PARTNER, {"slug": "needs"}),
    "year_review": (PARTNER, {"slug": "needs", "year": "2025"}),
    "need_new": (PARTNER, {"slug": "needs"}),
    "needs_of": (PARTNER, {"slug": "needs"}),
    "our_needs": (COORDINATOR, {}),
    "accessibility": (EVERYONE, {}),
    "account_login": (EVERYONE, {}),
    "account_request_login_code": (EVERYONE, {}),
    "account_reset_password": (EVERYONE, {}),
    "account_signup": (EVERYONE, {}),
    "account_inactive": (EVERYONE, {}),
    "account_password_reset_completed": (EVERYONE, {}),
    "account_logout": (EDUCATOR, {}),
    "account_change_password": (EDUCATOR, {}),
    "account_reauthenticate": (EDUCATOR, {}),
    "addresses": (EDUCATOR, {}),
    "calendar": (EVERYONE, {}),
    "calendar_month": (EVERYONE, {"year": "2026", "month": "12"}),
    "choose_group": (EDUCATOR, PAST),
    "duplicate_choose": (COORDINATOR, {}),
    "duplicates": (COORDINATOR, {}),
    "evaluation": (EDUCATOR, PAST),
    "home": (EVERYONE, {}),
    "learning": (EDUCATOR, {}),
    "learning_network": (EDUCATOR, MONTHLY),
    "leave_network": (EDUCATOR, MONTHLY),
    "mfa_activate_totp": (EDUCATOR, {}),
    "mfa_add_webauthn": (EDUCATOR, {}),
    "mfa_list_webauthn": (EDUCATOR, {}),
    "my_documents": (EDUCATOR, PAST),
    "network": (EVERYONE, COMING),
    "networks": (EVERYONE, {}),
    "network_cancel": (COORDINATOR, COMING),
    "network_clone": (COORDINATOR, COMING),
    "network_edit": (COORDINATOR, COMING),
    "network_new": (COORDINATOR, {}),
    "network_preview": (COORDINATOR, COMING),
    "partner": (EVERYONE, {"slug": "wareham-public-schools"}),
    "partner_contacts": (COORDINATOR, {"slug": "wareham-public-schools"}),
    "partners": (EVERYONE, {}),
    "partnership": (EVERYONE, {}),
    "partnership_edit": (COORDINATOR, {}),
    "preferences": (EDUCATOR, {}),
    "position_new": (EDUCATOR, {}),
    "profile": (EDUCATOR, {}),
    "register": (EVERYONE, COMING),
    "second_factor": (STAFF, {}),
    "sign_in_methods": (EDUCATOR, {}),
    "staff": (STAFF, {}),
    "staff_group": (LEAD, {"uid": "group"}),
    "staff_search": (STAFF, {}),
    "staff_change_meetings": (STAFF, COMING),
    "staff_document": (STAFF, {"uid": "document"}),
    "staff_documents": (STAFF, PAST),
    "staff_evaluation": (STAFF, PAST),
    "staff_export": (STAFF, PAST),
    "staff_meeting": (STAFF, MEETING),
    "staff_network": (STAFF, PAST),
    "staff_networks": (COORDINATOR, {}),
    "staff_people": (STAFF, MONTHLY),
    "staff_person": (STAFF, {**MONTHLY, "uid": "registration"}),
    "staff_person_correct": (STAFF, {**MONTHLY, "uid": "registration"}),
    "staff_rule": (STAFF, PAST),
    "staff_sheet": (STAFF, MEETING),
    "staff_walk_in": (STAFF, MEETING),
    "team_new": (COORDINATOR, {}),
    "unsubscribe": (EVERYONE, {"token": "token"}),
    "unlisted_organizations": (COORDINATOR, {}),
    "usersessions_list": (EDUCATOR, {}),
    "verified": (EVERYONE, {"code": "code"}),
    "verify": (EVERYONE, {}),
}
# Files, acts, parts of pages, and steps that a page before leads to; the story and their own tests see these.
# Looked at in every state by the tests named here, which set up what the demo of Massachusetts has not.
ELSEWHERE = {
    "test_mou": {
        "mou",
        "mou_ask",
        "mou_ask_many",
        "mou_board",
        "mou_circulate",
        "mou_edit",
        "mou_new",
        "mou_part",
        "mou_part_changes",
        "mou_part_comment",
        "mou_part_contacts",
        "mou_part_judge",
        "mou_part_model",
        "mou_part_rows",
        "mou_proposal",
        "mou_proposals",
        "mou_propose",
        "mou_section",
        "mou_section_new",
        "mou_section_place",
        "mou_text",
        "mou_text_changes",
        "mou_text_next",
        "mou_text_version",
        "mous",
    },
    "test_import": {"table_import", "table_import_columns"},
    "test_signing": {
        "check_mou",
        "mou_document",
        "mou_document_changes",
        "mou_evidence",
        "mou_lock",
        "mou_paper",
        "mou_renewal",
        "mou_signatory",
        "mou_signatures",
        "mou_term",
        "mou_withdraw",
        "sign",
    },
}
NO_PAGE = {
    "table_import_apply",
    "table_import_drop",
    "table_export",
    "table_import_example",
    "mou_ask_again",
    "mou_document_html",
    "mou_evidence_pdf",
    "mou_document_pdf",
    "mou_text_pdf",
    "mou_part_remind",
    "mou_remind",
    "mou_reopen",
    "mou_scan",
    "mou_sign_by",
    "mou_unlock",
    "sign_evidence",
    "sign_html",
    "sign_pdf",
    "sign_scan",
    "ask_to_be_confirmed",
    "category_delete",
    "category_place",
    "duplicates_look",
    "mine_colleague_judge",
    "prospect_move",
    "prospect_write_to",
    "contribution_withdraw",
    "match_act",
    "match_propose",
    "matrix_export",
    "need_withdraw",
    "complete_registration",
    "staff_evaluation_act",
    "staff_evaluation_export",
    "staff_evaluation_results",
    "unlisted_organization",
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "address_code",
    "address_code_again",
    "address_primary",
    "account_state",
    "address_remove",
    "document",
    "health",
    "ready",
    "job",
    "job_result",
    "kept_form",
    "leave_session",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "miss_meeting",
    "my_calendar",
    "year_review_pdf",
    "network_calendar",
    "network_publish",
    "network_registration",
    "network_unpublish",
    "organization_search",
    "register_code",
    "position_leave",
    "position_unname",
    "reset_private_links",
    "staff_complete",
    "staff_document_act",
    "staff_documents_issue",
    "staff_mark",
    "staff_mark_everyone",
    "staff_person_act",
    "staff_queue",
    "staff_reopen",
    "staff_sheet_pdf",
    "staff_people_pdf",
    "verified_pdf",
    "learning_pdf",
    "favicon",
    "robots",
    "share",
    "share_network",
    "sitemap",
    "partner_logo",
    "staff_undo_everyone",
    "duplicate_merge",
    "duplicate_reviewed",
    "merge_undo",
    "team_edit",
    "team_join",
    "team_leave",
    "team_listed",
}


def addresses(portal: Portal) -> dict[str, tuple[str, str]]:
    """Return who opens which address, by name: the pages of the URL table and those of the admin."""
    found = json.loads(portal.manage("shell", "-v0", "-c", ASK))
    pages = {
        name: (who, reverse(name, kwargs={key: found.get(value, value) for key, value in filled.items()}))
        for name, (who, filled) in PAGES.items()
    }
    pages["demo_mail"] = (EVERYONE, "/demo/mail/")  # in the URL table under DEBUG only
    return pages | {name: (COORDINATOR, path) for name, path in admin_addresses()}


def admin_addresses():
    yield "admin:index", reverse("admin:index")
    yield "admin:partners_organization_change", reverse("admin:partners_organization_change", args=[1])
    for model in admin.site._registry:
        where = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{where}_changelist", reverse(f"{where}_changelist")
