"""Parts, needs, matches, letters and contacts in the admin: found, added, and moved on by the domain."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.exchange.domain import exchange
from partners.memorandum.domain import part_contacts, parts
from partners.models import Contact, Contribution, Invitation, Match, MouRole, Need, Suggestion, local_day
from partners.people.domain import contact_log
from stemnet.models import Mail
from tests.factories import (
    a_category,
    a_coordinator,
    a_mou,
    a_part,
    a_partnership,
    a_suggestion,
    a_user,
    an_invitation,
    an_organization,
)

pytestmark = pytest.mark.django_db
LISTS = [MouRole, Need, Contribution, Match, Invitation, Suggestion, Contact]
SIGNED = {
    "does": "We teach.",
    "signatory_name": "S",
    "signatory_title": "T",
    "signatory_email": "s@example.org",
}


@pytest.fixture
def coordinator(client):
    a_partnership(postal_address="285 Old Westport Road, Dartmouth, MA 02747")
    person = a_coordinator()
    client.force_login(person.user)
    return person


def address(model, page="changelist", *args):
    return reverse(f"admin:partners_{model._meta.model_name}_{page}", args=args)


def a_partner(**fields):
    return an_organization(stage="partner", **fields)


def a_pair(category=None):
    """Return a need and a contribution that fit."""
    category, at = category or a_category(), timezone.now()
    need = exchange.write_need(organization=a_partner(), category=category, at=at, detail="Mentors")
    gift = exchange.write_contribution(organization=a_partner(), category=category, at=at, detail="4 mentors")
    return need, gift


def rows(mou, coordinator):
    """Make a row of each list."""
    at = timezone.now()
    a_part(mou, organization=a_partner(), due_on=date(2020, 1, 1))
    need, gift = a_pair()
    exchange.propose_match(need=need, contribution=gift, by=coordinator, owner=coordinator, at=at)
    an_invitation(at=at)
    a_suggestion()
    contact_log.log_contact(
        need.organization, kind="call", on=at.date(), whom="Dean", note="Talked.", by=coordinator, at=at
    )


def a_submitted_part(mou=None):
    part = a_part(mou, organization=a_partner(), at=timezone.now() - timedelta(days=30))
    part = parts.save_part(part, words=SIGNED, seen=part.revision, by=part.drafter, at=timezone.now())
    return parts.submit_part(part, by=part.drafter, at=timezone.now())


def act(client, model, name, chosen, *, ticked=None, **typed):
    """Choose rows, and press the button of the page that shows what will happen."""
    keys = [row.pk for row in chosen]
    page = client.post(address(model), {"action": name, "index": "0", "_selected_action": keys})
    going = [line.pk for line, _in in page.context["going"]] if ticked is None else ticked
    url = f"{address(model)}acts/{name}/"
    sent = {"plan": page.context["sealed"], "row": going, **typed}
    return page, client.post(url, sent, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def text_of(response):
    return " ".join(response.content.decode().split())


def test_lists_ask_the_database_equally_often_for_1_and_30_rows(client, coordinator):
    mou = a_mou()
    rows(mou, coordinator)
    client.get(address(LISTS[0]))
    one = {model: asked(client, model) for model in LISTS}
    for _each in range(29):
        rows(mou, coordinator)
    thirty = {model: asked(client, model) for model in LISTS}
    assert {model: shown for model, (shown, _number) in thirty.items() if shown < 30} == {}
    assert {model: number for model, (_shown, number) in thirty.items()} == {
        model: number for model, (_shown, number) in one.items()
    }


def asked(client, model):
    """How many rows the list shows, and in how many statements."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(model))
    return len(page.context["cl"].result_list), len(queries)


@pytest.mark.parametrize("model", LISTS)
def test_forms_open_search_finds_and_each_row_leads_to_the_portal(client, coordinator, model):
    rows(a_mou(), coordinator)
    row = model.objects.first()
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.get(address(model), {"q": "a"}).status_code == 200
    html = client.get(address(model)).content.decode()
    leads = [part.partition('"')[0] for part in html.split('class="page" href="')[1:]]
    assert len(leads) == model.objects.count()
    assert client.get(leads[0]).status_code == 200


def test_a_part_is_asked_for_in_the_admin(client, coordinator):
    mou, organization, drafter = a_mou(), an_organization(stage="none"), a_user().person
    Mail.objects.all().delete()
    sent = {"mou": mou.pk, "organization": organization.pk, "drafter": drafter.pk, "due_on": "2030-11-20"}
    assert client.post(address(MouRole, "add"), sent).status_code == 302
    part = MouRole.objects.get()
    assert (part.organization, part.lead_contact, part.due_on) == (organization, drafter, date(2030, 11, 20))
    organization.refresh_from_db()
    assert (organization.stage, Mail.objects.get().address) == ("drafting", drafter.primary_address)


def test_a_second_part_is_refused_in_a_sentence_and_what_was_chosen_stays(client, coordinator):
    part = a_part()
    sent = {"mou": part.mou.pk, "organization": part.organization.pk, "drafter": part.drafter.pk}
    page = client.post(address(MouRole, "add"), sent)
    assert "already has a part in this memorandum." in text_of(page)
    assert MouRole.objects.count() == 1


def test_contacts_and_the_due_day_are_changed_and_new_contacts_get_the_letter(client, coordinator):
    part, other = a_part(), a_user().person
    Mail.objects.all().delete()
    sent = {"drafter": part.drafter.pk, "lead_contact": other.pk, "due_on": "2030-12-01", "model_title": ""}
    sent |= {
        f"{prefix}-{name}": "0"
        for prefix in ("changes", "comments")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    assert client.post(address(MouRole, "change", part.pk), sent).status_code == 302
    part.refresh_from_db()
    assert (part.lead_contact, part.due_on) == (other, date(2030, 12, 1))
    assert Mail.objects.get().address == other.primary_address


def test_parts_are_accepted_as_they_were_read(client, coordinator):
    mou = a_mou()
    ready, draft = a_submitted_part(mou), a_part(mou)
    page, done = act(client, MouRole, "accept", [ready, draft])
    assert "The part is “Not started”" in text_of(page)
    assert said(done)[0] == "1 part is accepted."
    ready.refresh_from_db()
    assert (ready.status, ready.changes.last().by) == ("accepted", coordinator)


def test_a_part_that_was_returned_meanwhile_is_not_accepted(client, coordinator):
    part = a_submitted_part()
    keys = {"action": "accept", "index": "0", "_selected_action": [part.pk]}
    page = client.post(address(MouRole), keys)
    parts.give_back(part, comment="Add numbers.", by=coordinator, at=timezone.now())
    sent = {"plan": page.context["sealed"], "row": [part.pk]}
    done = client.post(f"{address(MouRole)}acts/accept/", sent, follow=True)
    assert said(done)[-1] == f"{part}: The part is “Returned with comments”"
    part.refresh_from_db()
    assert part.status == "returned"


def test_parts_are_returned_with_a_comment_that_the_partner_reads(client, coordinator):
    part = a_submitted_part()
    Mail.objects.all().delete()
    _page, done = act(client, MouRole, "return", [part], comment="Add numbers.")
    assert said(done)[0] == "1 part is returned."
    part.refresh_from_db()
    assert (part.status, part.comments.get().text) == ("returned", "Add numbers.")
    assert "Add numbers." in Mail.objects.first().text


def test_a_part_is_not_returned_without_a_comment(client, coordinator):
    part = a_submitted_part()
    _page, again = act(client, MouRole, "return", [part], comment="")
    assert "Say what they should change." in text_of(again)
    part.refresh_from_db()
    assert part.status == "submitted"


def test_a_late_part_is_reminded_and_gets_another_day(client, coordinator):
    late = a_part(a_mou(), at=timezone.now() - timedelta(days=30), due_on=local_day(timezone.now()))
    Mail.objects.all().delete()
    act(client, MouRole, "remind", [late], own_line="")
    assert Mail.objects.get().address == late.drafter.primary_address
    act(client, MouRole, "due", [late], due_on="2030-12-24")
    late.refresh_from_db()
    assert late.due_on == date(2030, 12, 24)


def test_a_need_is_added_changed_and_withdrawn(client, coordinator):
    organization, category = a_partner(), a_category()
    sent = {"organization": organization.pk, "category": category.pk, "detail": "Mentors", "priority": "1"}
    assert client.post(address(Need, "add"), sent).status_code == 302
    need = Need.objects.get()
    change = {"category": category.pk, "detail": "Four mentors", "priority": "1"}
    assert client.post(address(Need, "change", need.pk), change).status_code == 302
    need.refresh_from_db()
    assert (need.detail, need.rewordings.count()) == ("Four mentors", 1)
    act(client, Need, "withdraw", [need])
    need.refresh_from_db()
    assert need.withdrawn_at is not None


def test_a_need_of_nobody_s_partner_is_refused_in_a_sentence(client, coordinator):
    sent = {"organization": an_organization(stage="none").pk, "category": a_category().pk, "priority": "1"}
    page = client.post(address(Need, "add"), {**sent, "detail": "Kept words"})
    assert "partner." in text_of(page)
    assert "Kept words" in text_of(page)
    assert not Need.objects.exists()


def test_what_the_memorandum_holds_is_neither_changed_nor_withdrawn(client, coordinator):
    part = a_part(organization=a_partner())
    need = exchange.write_need(
        organization=part.organization, category=a_category(), at=timezone.now(), role=part
    )
    assert client.post(address(Need, "change", need.pk), {"detail": "Other"}).status_code == 403
    page, _done = act(client, Need, "withdraw", [need])
    assert "This is committed in the MOU." in text_of(page)
    need.refresh_from_db()
    assert need.withdrawn_at is None


def test_a_match_is_proposed_and_goes_step_by_step(client, coordinator):
    need, gift = a_pair()
    for side in (need.organization, gift.organization):
        part_contacts.ask_for_part(
            a_mou(), organization=side, drafter=a_user().person, by=coordinator, at=timezone.now()
        )
        type(side).objects.filter(pk=side.pk).update(stage="partner")
    assert client.post(address(Match, "add"), {"need": need.pk, "contribution": gift.pk}).status_code == 302
    match = Match.objects.get()
    assert (match.state, match.owner) == ("proposed", coordinator)
    for name, state in (("introduce", "introduced"), ("confirm", "confirmed"), ("deliver", "delivered")):
        act(client, Match, name, [match])
        match.refresh_from_db()
        assert match.state == state
    page, _done = act(client, Match, "introduce", [match])
    assert "It is “Delivered”" in text_of(page)


def test_a_match_is_dropped_for_a_reason(client, coordinator):
    need, gift = a_pair()
    match = exchange.propose_match(need=need, contribution=gift, by=coordinator, at=timezone.now())
    act(client, Match, "drop", [match], reason="They moved away.")
    match.refresh_from_db()
    assert (match.state, match.changes.last().reason) == ("dropped", "They moved away.")


def test_two_in_different_categories_are_refused_in_a_sentence(client, coordinator):
    need, gift = a_pair()[0], a_pair()[1]
    page = client.post(address(Match, "add"), {"need": need.pk, "contribution": gift.pk})
    assert "different categories." in text_of(page)
    assert not Match.objects.exists()


def test_a_call_is_written_into_the_log(client, coordinator):
    organization, today = an_organization(), local_day(timezone.now()).isoformat()
    sent = {"organization": organization.pk, "kind": "call", "on": today, "whom": "Dean", "note": "Talked."}
    assert client.post(address(Contact, "add"), sent).status_code == 302
    contact = Contact.objects.get()
    assert (contact.organization, contact.by, contact.note) == (organization, coordinator, "Talked.")
    assert client.post(address(Contact, "change", contact.pk), {"note": "x"}).status_code == 403
