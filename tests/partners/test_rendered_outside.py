"""No transaction stays open while the mail of partners is rendered; what is told outlives a crash."""

import pytest
from django.db import connection, transaction

from partners.exchange.domain import exchange, introducing, resting
from partners.home.domain import year_remarks
from partners.memorandum.domain import (
    handing_over,
    mou_texts,
    part_contacts,
    parts,
    proposals,
    renewing,
    terms,
    unfreezing,
)
from partners.merging.domain import merging
from partners.models import MouRole, RoleComment, Signature
from partners.people.domain import addresses, confirming_positions
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting
from registrations.attendance.domain.walking_in import walk_in
from stemnet import jobs, telling
from stemnet.models import Job, JobState, Mail
from stemnet.outbox import queueing
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_mou,
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
    EFFECTIVE,
    LATER,
    a_circulated_mou,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = pytest.mark.usefixtures("files")
apart = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def rendered(monkeypatch) -> set[tuple[str, bool]]:
    """The kinds of mail that were rendered, each with whether a transaction was open."""
    found: set[tuple[str, bool]] = set()

    def render(template, context, **said):
        found.add((said["kind"], connection.in_atomic_block))
        return really(template, context, **said)

    really = queueing.render
    monkeypatch.setattr(queueing, "render", render)
    return found


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
            "invited_answered",
            "invited_stopped",
            "invited_allowed",
            "walked_in",
        ),
    }


@apart
@pytest.mark.parametrize(
    "story", [parts_and_texts, leaving_and_unlocking, matches_and_remarks, people_and_invitations]
)
def test_nothing_is_rendered_in_a_transaction(story, rendered):
    kinds = story()
    assert kinds <= {kind for kind, _held in rendered}
    assert not {kind for kind, held in rendered if held} & kinds
    assert Job.objects.count() == 0


@apart
def test_where_the_process_dies_after_the_act_a_worker_writes_the_mail():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with transaction.atomic():  # which nothing finishes
        parts.comment.__wrapped__(role, text="Name the rooms", by=boss(role.mou), at=NOW)
    assert (Mail.objects.count(), Job.objects.get().kind) == (0, telling.KIND)
    jobs.run_waiting(at=LATER)
    assert "Name the rooms" in Mail.objects.get().text
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_what_was_taken_back_is_told_to_nobody():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with pytest.raises(ZeroDivisionError), jobs.finishing(), transaction.atomic():
        parts.comment(role, text="Name the rooms", by=boss(role.mou), at=NOW)
        raise ZeroDivisionError
    assert (Mail.objects.count(), Job.objects.count(), RoleComment.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_of_a_row_that_is_gone_nobody_is_told():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with jobs.finishing(), transaction.atomic():
        parts.comment(role, text="Name the rooms", by=boss(role.mou), at=NOW)
        RoleComment.objects.all().delete()
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_job_keeps_rows_moments_and_words_and_nothing_else():
    role = a_part(a_mou())
    said = [role, NOW, EFFECTIVE, "a", 1, None, True, [role, role], []]
    assert [telling.read(telling.kept(one)) for one in said] == said
    assert telling.read(telling.kept([role, MouRole(pk=0)])) == [role]
    with pytest.raises(TypeError):
        telling.kept(object())
