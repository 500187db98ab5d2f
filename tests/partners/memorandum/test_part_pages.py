"""The pages of a partner's own part: saving, two at once, submitting, what is refused and kept."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.memorandum.domain import part_rows, parts
from partners.models import MouRole
from tests.factories import NOW, a_category, a_coordinator, a_mou, a_part, a_user
from tests.markup import tight

pytestmark = pytest.mark.django_db
SIGNATORY = {
    "signatory_name": "Superintendent",
    "signatory_title": "Superintendent of schools",
    "signatory_email": "super@example.org",
}


@pytest.fixture
def mou():
    return a_mou(title="Pact")


@pytest.fixture
def part(mou):
    return a_part(mou)


def at(client, person):
    client.force_login(person.user)
    return client


def words(role, **fields):
    return {**parts.part_words(role), "seen": role.revision, **fields}


def test_saving_and_submitting(client, part):
    at(client, part.drafter)
    address = part.get_absolute_url()
    response = client.post(address, words(part, does="We teach.", act="save"), follow=True)
    assert "Saved." in response.content.decode()
    part.refresh_from_db()
    response = client.post(address, words(part, act="submit"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Give the signatory&#x27;s name, title and e-mail address before you submit." in page
    assert "We teach." in page
    client.post(address, words(part, **SIGNATORY, act="submit"))
    part.refresh_from_db()
    assert (part.status, part.does) == ("submitted", "We teach.")


def test_autosave_says_so_and_carries_the_new_revision(client, part):
    at(client, part.drafter)
    given = words(part, does="We te", signatory_email="super@")
    response = client.post(part.get_absolute_url(), given, headers={"HX-Request": "true"})
    page = tight(response.content.decode())
    assert 'id="id_seen" value="2" hx-swap-oob="true"' in page
    assert "Not everything is saved yet." in page
    part.refresh_from_db()
    assert (part.does, part.signatory_email) == ("We te", "")


def test_autosave_of_an_old_page_says_someone_changed_this(client, part):
    parts.save_part(part, words={"does": "Theirs"}, seen=1, by=part.drafter, at=NOW)
    at(client, part.drafter)
    given = words(part, does="Mine", seen=1)
    page = client.post(part.get_absolute_url(), given, headers={"HX-Request": "true"}).content.decode()
    assert "Someone else changed this while you were writing." in page
    assert "id_seen" not in page
    part.refresh_from_db()
    assert part.does == "Theirs"


def typing(client, page, **fields):
    """Type into an open page and let it save; return what the page holds then."""
    page = {**page, **fields}
    answer = client.post(page["url"], page, headers={"HX-Request": "true"}).content.decode()
    hidden = re.findall(r'name="(seen|marks)" id="\w+" value="([^"]*)"', tight(answer))
    return {**page, **dict(hidden)}, answer


def opened(client, part):
    form = client.get(part.get_absolute_url()).context["form"]
    return {"url": part.get_absolute_url(), **{name: form[name].value() for name in form.fields}}


def test_two_people_in_different_fields_save_as_they_type(client, part):
    first, second = at(Client(), part.drafter), at(client, a_coordinator())
    one, two = opened(first, part), opened(second, part)
    for number in range(3):
        one, said = typing(first, one, does=f"We teach {number}.")
        two, answer = typing(second, two, needs_text=f"Mentors {number}")
        assert "Someone else changed" not in said + answer
    part.refresh_from_db()
    assert (part.does, part.needs_text) == ("We teach 2.", "Mentors 2")
    assert "Others changed What we do in the meantime." in answer


def test_two_people_in_one_field_are_asked_and_the_rest_is_saved_by_neither(client, part):
    first, second = at(Client(), part.drafter), at(client, a_coordinator())
    one, two = opened(first, part), opened(second, part)
    one, _said = typing(first, one, does="Mine", needs_text="Rooms")
    two, answer = typing(second, two, does="Theirs")
    assert "Someone else changed this while you were writing." in answer
    two, answer = typing(second, two, does="", contributes_text="Coaches")
    assert "Someone else changed" not in answer
    part.refresh_from_db()
    assert (part.does, part.needs_text, part.contributes_text) == ("Mine", "Rooms", "Coaches")


def test_what_somebody_else_changed_is_not_put_back_by_the_next_save(client, part):
    first, second = at(Client(), part.drafter), at(client, a_coordinator())
    one, two = opened(first, part), opened(second, part)
    one, _said = typing(first, one, does="Old")
    two, _said = typing(second, two, needs_text="Rooms")
    one, _said = typing(first, one, does="New")
    two, _said = typing(second, two, needs_text="Labs")
    answer = second.post(two["url"], {**two, "act": "save"}, follow=True).content.decode()
    part.refresh_from_db()
    assert (part.does, part.needs_text) == ("New", "Labs")
    said = "Somebody else changed other fields in the meantime, and we kept those changes: What we do."
    assert said in answer


def test_a_part_is_not_submitted_with_words_that_its_submitter_has_not_seen(client, part):
    base = parts.save_part(part, words={"does": "Ready", **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    page = opened(at(client, part.drafter), base)
    parts.save_part(base, words={"needs_text": "A boat"}, seen=2, by=a_user().person, at=NOW)
    answer = client.post(page["url"], {**page, "act": "submit"}, follow=True).content.decode()
    part.refresh_from_db()
    assert (part.status, "Read their changes, then submit." in answer) == ("draft", True)
    client.post(page["url"], {**opened(client, base), "act": "submit"})
    part.refresh_from_db()
    assert part.status == "submitted"


def test_words_typed_while_somebody_submitted_are_shown_and_not_lost(client, part):
    role = parts.save_part(part, words={"does": "Ready", **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    parts.submit_part(role, by=part.drafter, at=NOW)
    at(client, part.drafter)
    response = client.post(part.get_absolute_url(), words(role, does="Late <b>words</b>", act="save"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "You can change it if the coordinator returns it." in page
    assert "Late &lt;b&gt;words&lt;/b&gt;" in page
    assert "What you typed is saved" not in page


def test_two_editors_see_both_texts_and_one_of_both(client, mou, part):
    other = a_user(first_name="Ada", last_name="Lead").person
    MouRole.objects.update(lead_contact=other)
    base = parts.save_part(part, words={"does": "One.\n\nTwo."}, seen=1, by=part.drafter, at=NOW)
    parts.save_part(base, words={"does": "One.\n\n<b>Two</b> more."}, seen=2, by=other, at=NOW)
    at(client, part.drafter)
    response = client.post(part.get_absolute_url(), words(base, does="ONE.\n\nTwo.", act="save"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone else changed this" in page
    assert "Ada Lead saved at" in page
    assert "what they changed" in page
    assert "&lt;b&gt;Two&lt;/b&gt; more." in page
    assert "<b>Two" not in page
    form = response.context["form"]
    assert (form["does"].value(), form["seen"].value()) == ("ONE.\n\n<b>Two</b> more.", 3)
    client.post(part.get_absolute_url(), words(base, does=form["does"].value(), seen=3))
    part.refresh_from_db()
    assert part.does == "ONE.\n\n<b>Two</b> more."


def test_two_megabytes_are_refused_and_kept(client, part):
    at(client, part.drafter)
    huge = "We teach. " * 200_000
    response = client.post(part.get_absolute_url(), words(part, does=huge, needs_text="Mentors"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This text has 1999999 characters. The limit is 60000." in page
    assert page.count("We teach. ") >= 199_999
    assert "Mentors" in page
    assert "maxlength" not in page.split("id_does")[1].split(">")[0]


def test_scripts_in_markdown_are_harmless_on_the_page(client, part):
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    role = parts.save_part(part, words={"does": bad, **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    parts.submit_part(role, by=part.drafter, at=NOW)
    page = at(client, part.drafter).get(part.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_the_coordinator_returns_and_accepts(client, mou, part):
    role = parts.save_part(part, words={"does": "x", **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    role = parts.submit_part(role, by=part.drafter, at=NOW)
    at(client, mou.texts.get().by)
    judge = reverse("mou_part_judge", args=[mou.slug, part.organization.slug])
    assert client.post(judge, {"act": "return", "text": ""}).status_code == 422
    client.post(judge, {"act": "return", "text": "More, please"})
    role.refresh_from_db()
    assert role.status == "returned"
    assert "More, please" in client.get(part.get_absolute_url()).content.decode()
    parts.submit_part(role, by=part.drafter, at=NOW)
    client.post(judge, {"act": "accept", "seen": role.revision})
    role.refresh_from_db()
    assert role.status == "accepted"


def test_needs_and_contributions_are_typed_into_the_part(client, part):
    at(client, part.drafter)
    address = reverse("mou_part_rows", args=[part.mou.slug, part.organization.slug])
    code = a_category().code
    client.post(address, {"act": "need", "need-category": code, "need-priority": "1", "need-detail": "Two"})
    client.post(address, {"act": "give", "give-category": code, "give-quantity": "3 days"})
    need, gift = part.needs.get(), part.contributions.get()
    assert (need.detail, need.priority, gift.quantity) == ("Two", 1, "3 days")
    client.post(address, {"act": f"out-need-{need.pk}"})
    need.refresh_from_db()
    assert need.withdrawn_at is not None
    wrong = {"act": "give", "give-category": code, "give-available_from": "2013-02-01"}
    response = client.post(address, {**wrong, "give-available_until": "2013-01-01"})
    assert "end before it starts" in response.content.decode()


def test_rows_of_another_part_are_not_taken_out(client, mou, part):
    other = a_part(mou)
    need = part_rows.add_need(other, category=a_category(), at=NOW)
    at(client, part.drafter)
    address = reverse("mou_part_rows", args=[mou.slug, part.organization.slug])
    assert client.post(address, {"act": f"out-need-{need.pk}"}).status_code == 404
    assert client.post(address, {"act": "out-need-x"}).status_code == 404


@pytest.mark.parametrize("name", ["mou_part", "mou_part_changes", "mou_part_rows"])
def test_pages_of_a_part_ask_the_same_queries_for_one_and_thirty(client, part, name):
    at(client, part.drafter)
    address = reverse(name, args=[part.mou.slug, part.organization.slug])
    more_of_everything(part, 1)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    more_of_everything(part, 29)
    with CaptureQueriesContext(connection) as thirty:
        client.get(address)
    assert len(thirty) == len(one)


def more_of_everything(role, number):
    role.refresh_from_db()
    for _number in range(number):
        role = parts.save_part(
            role, words={"does": f"v{role.revision}"}, seen=role.revision, by=role.drafter, at=NOW
        )
        parts.comment(role, text="x", by=a_user().person, at=NOW)
        part_rows.add_need(role, category=a_category(), at=NOW)
        part_rows.add_contribution(role, category=a_category(), at=NOW)
