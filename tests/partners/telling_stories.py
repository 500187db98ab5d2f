"""Acts that tell people something, one story each; every story returns the kinds of mail it makes."""

import re

from django.core.files.base import ContentFile
from django.db import transaction

from partners.exchange.domain import exchange, introducing, resting
from partners.home.domain import year_remarks
from partners.memorandum.domain import (
    amending,
    handing_over,
    mou_texts,
    part_contacts,
    parts,
    proposals,
    renewing,
    sign_answers,
    sign_reminders,
    sign_requests,
    terms,
    unfreezing,
)
from partners.merging.domain import merging
from partners.models import Signature, local_day
from partners.people.domain import addresses, confirming_positions
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting, reminding_invited
from registrations.attendance.domain.walking_in import walk_in
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_part,
    a_partnership,
    a_person,
    a_position,
    a_suggestion,
    a_user,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match, a_need
from tests.partners.signing_rows import (
    DAY,
    EFFECTIVE,
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    code_for,
    locked,
    pdf_of,
    signed,
)


def parts_and_texts():
    """Ask for parts, speak of them, and propose changes to the text."""
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    now = {"by": boss(mou), "at": NOW}
    parts.comment(role, text="Name the rooms", **now)
    parts.give_back(role, comment="Name the rooms", **now)
    contacts = {"drafter": a_user().person, "lead_contact": role.drafter}
    part_contacts.change_part_contacts(role, **contacts, due_on=None, model_title="", **now)
    mou_texts.circulate(mou_texts.draft_of(mou, by=boss(mou), at=NOW), note="New", at=NOW)
    section = mou.texts.last().sections.get(key="goals")
    given = {"organization": role.organization, "by": role.drafter, "why": "Shorter"}
    first, second = (
        proposals.propose_change(section, body=body, **given, at=NOW) for body in ("One goal", "Two goals")
    )
    proposals.accept_proposal(first, by=boss(mou), at=NOW)
    proposals.decline_proposal(second, reason="No", by=boss(mou), at=NOW)
    return {
        *("part_asked", "part_submitted", "part_accepted", "part_comment", "part_returned"),
        *("text_circulated", "proposal", "proposal_decided"),
    }


def leaving_and_unlocking():
    """Say who renews, and give notice; open a locked part, and unlock a document."""
    mou = a_circulated_mou(ends_on=EFFECTIVE.replace(month=12), notice_days=5)
    first, other = an_accepted_part(mou), an_accepted_part(mou)
    locked(mou)
    signature = Signature.objects.get(part__role=first)
    signed(signature)
    terms.sweep_terms(at=LATER)
    renewing.say_renewal(first, renews=True, note="", by=first.drafter, at=LATER)
    terms.give_notice(first, on=None, reason="Moved", by=first.drafter, at=LATER)
    unfreezing.reopen_part(other, reason="Name the rooms", by=boss(mou), at=LATER)
    return {"sign_told", "mou_renews", "mou_notice", "mou_notice_others", "sign_overtaken", "part_returned"}


def signing_and_correcting():
    """Lock, hand on, sign on the page and on paper, send links again, remind, correct and object."""
    mou = a_circulated_mou()
    roles = [an_accepted_part(mou) for _number in range(3)]
    locked(mou)
    first, second, third = Signature.objects.order_by("pk")
    signed(first)
    paper = {"signed_on": local_day(LATER), "place": "Dartmouth", "scan": ContentFile(pdf_of(first.document))}
    sign_answers.record_paper(second, **paper, by=boss(mou), at=LATER)
    sign_requests.send_again(third, at=LATER)
    sign_requests.send_again(second, at=LATER)
    who = {"name": "Deputy", "title": "Interim", "address": "deputy@example.org", "reason": "Left"}
    third = sign_answers.hand_on(third, code=code_for(third, to_sign=False), **who, at=LATER)
    sign_reminders.remind_signatories(third.signatory_email, at=LATER + DAY)
    signed(third, at=LATER + DAY)
    a_next_text(mou, body="Corrected")
    (document,) = locked(mou, at=LATER, weight="editorial")
    first.refresh_from_db()
    amending.send_code(first, seen=document.sha256, at=LATER + DAY)
    code = re.search(r"\d{6}", Mail.objects.filter(key__startswith="sign_code").latest("pk").text)[0]
    amending.object_to(first, code=code, reason="No", seen=document.sha256, at=LATER + DAY)
    assert Signature.objects.asked().count() == len(roles)
    return {
        *("sign_request", "sign_code", "sign_copy", "sign_told", "sign_handed_on", "sign_reminder"),
        *("sign_changed", "sign_told_changed", "sign_objected"),
    }


def matches_and_remarks():
    """Bring two partners together, let one leave and come back, hand over, and look back on a year."""
    taker, giver, by = a_part(), a_part(), a_coordinator()
    match = a_match(a_need(organization=taker.organization), a_contribution(organization=giver.organization))
    introducing.introduce(match, by=by, at=NOW)
    exchange.move_match(match, to="confirmed", by=by, at=NOW)
    mine = giver.organization
    with jobs.finishing(), transaction.atomic():
        resting.tell_resting(mine, at=NOW)
        resting.tell_resumed(mine, at=NOW)
    year_remarks.remark(mine, year=2020, text="A good year", by=giver.drafter, at=NOW)
    new = {"address": "new@example.org", "first_name": "New", "last_name": "Contact", "at": NOW}
    handing_over.hand_over(mine, leaver=giver.drafter, by=by, **new)
    return {
        *("introduced", "match_moved", "match_rests", "match_goes_on"),
        *("year_remark", "handed_over_to", "handed_over_by"),
    }


def people_and_invitations():
    """Confirm where people work, change their addresses, make two one, invite, and walk in."""
    a_partnership(postal_address="285 Old Westport Road")
    by, person, home = a_coordinator(), a_user().person, an_organization(stage="partner")
    a_position(person, organization=home, confirmed_at=None)
    whom = {"at": NOW, "today": NOW.date()}
    confirming_positions.ask_to_confirm(person, **whom)
    confirming_positions.confirm_position(home, person, by=by, **whom)
    confirming_positions.name_contact(home, person, by=by, **whom)
    second = addresses.add_proved(person, address="second@example.org", at=NOW)
    old = person.emails.get(primary=True)
    addresses.make_primary(second, at=NOW)
    addresses.remove_address(old, at=NOW)
    merging.merge_people(kept=person, gone=a_person(), take=set(), by=by, at=NOW)
    invitation = inviting.send_invitation(a_suggestion(), subject="S", body="{link}", by=by, at=NOW)
    reminding_invited.remind_invited(invitation.pk, at=NOW)
    inviting.answer_invitation(invitation, answer="interested", at=NOW)
    inviting.stop(invitation.address, at=NOW)
    inviting.allow(invitation.address, at=NOW)
    who = {"address": "in@example.org", "first_name": "Walks", "last_name": "In"}
    where = {"meeting": a_network().meetings.get(), "workplace": Workplace(words="Somewhere")}
    walk_in(**who, **where, is_marked=False, by=SWEEP, at=NOW)
    return {
        *("confirm", "confirmed", "contact", "address_added", "primary_changed", "address_removed"),
        *(
            "people_merged",
            "invitation",
            "invited",
            "invited_answered",
            "invited_stopped",
            "invited_allowed",
            "walked_in",
        ),
    }


STORIES = [
    parts_and_texts,
    leaving_and_unlocking,
    signing_and_correcting,
    matches_and_remarks,
    people_and_invitations,
]
