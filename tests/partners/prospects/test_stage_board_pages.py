"""The pages of the way to partner: who opens them, moving cards, letters, and how many queries."""

import re

import pytest
from django.urls import reverse

from partners.models import Invitation, LetterTemplate, Organization, Stage, Suggestion
from partners.prospects.domain import inviting
from stemnet import jobs
from stemnet.models import Job, Mail
from tests.factories import (
    NOW,
    a_coordinator,
    a_part,
    a_partnership,
    a_staff_member,
    a_suggestion,
    a_user,
    an_invitation,
    an_organization,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
STAFF_PAGES = ["prospects", "prospects_table", "prospects_figures", "letters"]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def text(response):
    return tight(response.content.decode())


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_only_coordinators_open_it(client, name):
    for user, status in ((a_user(), 403), (a_staff_member().user, 403), (a_coordinator().user, 200)):
        client.force_login(user)
        assert client.get(reverse(name)).status_code == status


def test_only_coordinators_open_and_move_one(client):
    organization = a_suggestion().organization
    client.force_login(a_user())
    assert client.get(reverse("prospect", args=[organization.slug])).status_code == 403
    assert (
        client.post(reverse("prospect_move", args=[organization.slug]), {"to": "invited"}).status_code == 403
    )
    organization.refresh_from_db()
    assert organization.stage == "suggested"


def test_anyone_signed_in_suggests_and_sees_how_far_it_came(client):
    client.force_login(a_user())
    page = reverse("suggest_organization")
    data = {
        "workplace": "Sea Lab",
        "workplace_choice": "-",
        "sector": "museum_informal",
        "level": "local",
        "city": "Dartmouth",
        "state": "Massachusetts",
        "why": "Boats and teachers.",
        "knows": "The director",
        "contact_name": "Director",
        "contact_email": "Director@Example.org",
    }
    shown = text(client.post(page, data, follow=True))
    suggestion = Suggestion.objects.get()
    organization = suggestion.organization
    assert "Thank you. We added Sea Lab to our list" in shown and "Suggested</span>" in shown
    assert (organization.sector, organization.state, organization.stage) == (
        "museum_informal",
        "MA",
        "suggested",
    )
    assert suggestion.contact_email == "director@example.org"
    assert "You&#x27;ve already suggested this organization." in text(
        client.post(page, {**data, "workplace_choice": "sea-lab"})
    )


def test_a_new_organization_wants_a_sector_and_every_suggestion_a_reason(client):
    client.force_login(a_user())
    shown = text(
        client.post(reverse("suggest_organization"), {"workplace": "Sea Lab", "workplace_choice": "-"})
    )
    assert "Choose its sector" in shown and "This field is required" in shown
    assert not Organization.objects.exists()


def move(client, organization, to, **data):
    seen = organization.stage_changes.order_by("-at", "-pk").values_list("pk", flat=True).first() or 0
    path = reverse("prospect_move", args=[organization.slug])
    return client.post(path, {"to": to, "seen": seen, **data}, follow=True)


def test_a_card_is_moved_by_a_plain_form_and_comes_back_to_its_page(desk):
    organization = a_suggestion().organization
    shown = move(desk, organization, "invited", back="/staff/partners/way/?q=x")
    organization.refresh_from_db()
    assert shown.redirect_chain == [("/staff/partners/way/?q=x", 302)]
    assert (organization.stage, f"{organization} is now at “Invited”." in text(shown)) == ("invited", True)


def test_it_never_leads_to_another_site(desk):
    for back in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        organization = a_suggestion().organization
        shown = move(desk, organization, "invited", back=back)
        assert shown.redirect_chain == [(reverse("prospect", args=[organization.slug]), 302)]


def test_the_second_of_two_who_move_a_card_is_told_on_the_page(desk):
    organization = a_suggestion().organization
    stale = organization.stage_changes.get().pk
    move(desk, organization, "invited")
    shown = move(desk, organization, "interested", seen=stale)
    organization.refresh_from_db()
    assert (organization.stage, "Check again before you move it" in text(shown)) == ("invited", True)


def test_the_reason_that_the_second_one_typed_is_not_lost(desk):
    organization = a_suggestion().organization
    stale = organization.stage_changes.get().pk
    move(desk, organization, "invited")
    shown = move(desk, organization, "declined", seen=stale, reason="Their board <b>said no</b>")
    assert "You wrote: “Their board &lt;b&gt;said no&lt;/b&gt;”" in text(shown)


def test_a_reason_that_is_too_long_is_told_so_and_kept(desk):
    organization = a_suggestion().organization
    shown = text(move(desk, organization, "declined", reason="No money. " * 200_000))
    assert ("at most 500 characters" in shown, "You wrote: “No money. No money." in shown) == (True, True)


@pytest.mark.parametrize(
    "data", [{"to": "nonsense"}, {"to": "came"}, {"to": "declined"}, {"seen": ""}, {"seen": "x"}]
)
def test_bad_moves_are_refused_with_a_reason_and_move_nothing(desk, data):
    organization = a_suggestion().organization
    shown = move(desk, organization, data.pop("to", "invited"), **data)
    organization.refresh_from_db()
    assert (shown.status_code, organization.stage, 'class="notice error"' in text(shown)) == (
        200,
        "suggested",
        True,
    )


def test_moving_by_get_is_refused(desk):
    path = reverse("prospect_move", args=[a_suggestion().organization.slug])
    assert desk.get(path).status_code == 405


def test_the_board_has_a_column_a_stage_and_filters(desk):
    for stage in Stage:
        an_organization(
            stage=stage, name=f"At {stage}", sector="business" if stage == "came" else "museum_informal"
        )
    shown = text(desk.get(reverse("prospects")))
    assert "At none" not in shown
    assert [f"At {stage}" in shown for stage in Stage if stage != "none"] == [True] * 8
    shown = text(desk.get(reverse("prospects"), {"sector": "business"}))
    assert ("At came" in shown, "At invited" in shown) == (True, False)


def test_filters_by_time_and_stage_narrow_the_table(desk):
    old, new = a_suggestion().organization, an_organization(stage="suggested", name="Fresh")
    shown = text(desk.get(reverse("prospects_table"), {"days": "60", "stage": "suggested"}))
    assert (old.name in shown, new.name in shown) == (True, False)
    assert desk.get(reverse("prospects_table"), {"days": "x", "stage": "y", "page": "99"}).status_code == 200


def test_the_figures_count_who_came_to_a_stage(desk):
    an_invitation()
    a_suggestion()
    shown = text(desk.get(reverse("prospects_figures")))
    row = r'<th scope="row">Suggested</th><td class="num">2</td><td class="num"><a href="[^"]+">1</a></td>'
    assert re.search(row, shown)


def test_one_page_shows_reasons_letters_and_steps(desk):
    invitation = an_invitation()
    invitation.organization.invitations.update(answer="declined", reason="No time", profile="<b>We teach</b>")
    shown = text(desk.get(reverse("prospect", args=[invitation.organization.slug])))
    assert "They train teachers." in shown and "Why not: No time" in shown
    assert "&lt;b&gt;We teach&lt;/b&gt;" in shown and "letter sent" in shown


def write_to(desk, suggestion, address, **more):
    path = reverse("prospect_write_to", args=[suggestion.organization.slug])
    return desk.post(path, {"suggestion": suggestion.pk, "contact_email": address, **more}, follow=True)


def test_a_suggestion_without_an_address_gets_one_and_its_letter_goes_out_in_the_name_of_who_suggested(desk):
    suggestion = a_suggestion(contact_name="", contact_email="")
    assert list(inviting.to_invite()) == []
    shown = text(write_to(desk, suggestion, "Dean@Example.org", contact_name="Dean"))
    waiting = inviting.to_invite().get()
    assert (waiting.by, waiting.contact_email, waiting.contact_name) == (
        suggestion.by,
        "dean@example.org",
        "Dean",
    )
    assert "The letter goes to dean@example.org." in shown


@pytest.mark.parametrize("address", ["", "nobody"])
def test_an_address_that_is_none_is_refused_and_nothing_is_lost(desk, address):
    suggestion = a_suggestion(contact_email="dean@example.org")
    page = write_to(desk, suggestion, address)
    suggestion.refresh_from_db()
    assert (suggestion.contact_email, len(page.context["messages"])) == ("dean@example.org", 1)


def test_the_suggestion_of_another_organization_is_not_changed_here(desk):
    mine, other = a_suggestion(), a_suggestion(contact_email="dean@example.org")
    other.organization = mine.organization
    write_to(desk, other, "x@example.org")
    assert Suggestion.objects.get(pk=other.pk).contact_email == "dean@example.org"


def test_letters_are_looked_at_and_then_sent_as_a_job(desk, django_capture_on_commit_callbacks):
    a_partnership(postal_address="285 Old Westport Road")
    one, other = a_suggestion(), a_suggestion()
    page = reverse("letters")
    data = {"subject": "For {organization}", "body": "Dear {name}, {link}", "recipients": [one.pk]}
    shown = text(desk.post(page, {**data, "look": "1"}))
    assert f"For {one.organization}" in shown and "Dear Dean, [their own link]" in shown
    assert not Job.objects.exists() and "Send 1 letter" in shown
    sent = desk.post(page, {**data, "send": "1", "keep": "on"})
    job = Job.objects.get()
    assert sent["Location"] == job.get_absolute_url()
    jobs.run_waiting(at=NOW)
    assert [mail.address for mail in Mail.objects.all()] == [one.contact_email]
    assert LetterTemplate.objects.get().subject == "For {organization}"
    assert "Done: 1 of 1." in text(desk.get(job.get_absolute_url()))
    assert other.contact_email in text(desk.get(page))


def test_letters_with_a_personal_link_are_refused_and_the_text_stays(desk):
    a_partnership(postal_address="285 Old Westport Road")
    body = "Dear {name}, {link} https://portal.example.org/invitation/abc:def:ghi/"
    data = {"subject": "S", "body": body, "recipients": [a_suggestion().pk], "send": "1"}
    shown = text(desk.post(reverse("letters"), data))
    assert "This looks like a personal link" in shown and "portal.example.org/invitation/abc" in shown
    assert not Job.objects.exists()


def test_what_was_typed_stays_where_somebody_else_wrote_to_them_all_meanwhile(desk):
    data = {"subject": "Come", "body": "Dear {name}, words of mine. {link}", "recipients": ["1"], "look": "1"}
    shown = text(desk.post(reverse("letters"), data))
    assert "words of mine" in shown and "Nobody to write to" not in shown


def test_letters_without_a_postal_address_say_what_is_missing(desk):
    a_partnership()
    data = {"subject": "S", "body": "{link}", "recipients": [a_suggestion().pk], "send": "1"}
    assert "mailing address" in text(desk.post(reverse("letters"), data))


def count_of(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", [*STAFF_PAGES, "prospect"])
def test_as_many_queries_with_1_row_and_with_30(desk, name, django_assert_max_num_queries):
    first = an_invitation().organization
    a_suggestion()
    path = reverse(name, args=[first.slug] if name == "prospect" else [])
    desk.get(path)
    before = count_of(desk, path, django_assert_max_num_queries)
    for _number in range(15):
        an_invitation(first if name == "prospect" else None)
        a_suggestion(first if name == "prospect" else None)
    assert count_of(desk, path, django_assert_max_num_queries) == before
    assert Invitation.objects.count() == 16


def test_as_many_queries_with_1_suggestion_and_with_30(client, django_assert_max_num_queries):
    user = a_user()
    client.force_login(user)
    page = reverse("suggest_organization")
    a_suggestion(by=user.person)
    client.get(page)
    before = count_of(client, page, django_assert_max_num_queries)
    for _number in range(29):
        a_suggestion(by=user.person)
    assert count_of(client, page, django_assert_max_num_queries) == before


def test_who_drafts_is_told_to_go_on_by_signing_and_leads_to_the_part(desk):
    organization = a_suggestion().organization
    part = a_part(organization=organization)
    shown = text(desk.get(reverse("prospect", args=[organization.slug])))
    assert "It becomes a partner when it signs its part of the MOU." in shown
    assert f'<a href="{part.get_absolute_url()}">Its part of the MOU: not started</a>' in shown


def test_the_steps_of_the_way_say_when_by_the_clock_of_the_partnership(desk):
    a_partnership(zone="America/Los_Angeles")
    organization = a_suggestion(at=NOW).organization
    assert "Mon, Sep 7, 2020, 7:00 a.m. PT" in text(desk.get(reverse("prospect", args=[organization.slug])))
