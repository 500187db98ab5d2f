"""Long forms are kept for the account that typed them, offered to nobody else, and never sent as another."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from meetings.models import Network
from partners.models import KeptForm
from partners.people.domain import kept_forms
from partners.prospects.domain import inviting
from stemnet.retention import sweeping
from tests.factories import (
    NOW,
    a_coordinator,
    a_network,
    a_part,
    a_partnership,
    a_registration,
    a_user,
    an_invitation,
)
from tests.registrations.desk.setup_page import typed

pytestmark = pytest.mark.django_db
FORM = "mou-part:agreement:wareham"


@pytest.fixture
def person(client):
    person = a_user().person
    client.force_login(person.user)
    return person


def keep(client, person, *, form=FORM, fields=(("does", "Storylines"),), **changed):
    sent = {
        "form": form,
        "account": kept_forms.account_of(person),
        "typed": json.dumps(list(fields)),
        **changed,
    }
    return client.post(reverse("kept_form"), sent)


def kept(client, form=FORM):
    return client.get(reverse("kept_form"), {"form": form}).json()


def test_a_form_comes_back_on_another_device_of_the_same_account(client, person):
    assert keep(client, person).status_code == 200
    other = Client()
    other.force_login(person.user)
    assert kept(other)["typed"] == [["does", "Storylines"]]


def test_a_form_shows_to_nobody_else(client, person):
    keep(client, person)
    stranger = Client()
    assert kept(stranger) == {}
    stranger.force_login(a_user().person.user)
    assert kept(stranger) == {}


def test_a_form_of_another_account_is_not_taken(client, person):
    other = a_user().person
    assert keep(client, person, account=kept_forms.account_of(other)).status_code == 409
    assert not KeptForm.objects.exists()


def test_nobody_keeps_anything_here(client):
    assert keep(client, a_user().person).status_code == 401


@pytest.mark.parametrize("sent", ["nonsense", "{}", '[["a"]]', '[["a", 1]]', '"x"'])
def test_what_is_no_form_is_refused(client, person, sent):
    assert keep(client, person, typed=sent).status_code == 413
    assert not KeptForm.objects.exists()


def test_a_form_that_is_too_long_is_refused(client, person):
    assert keep(client, person, fields=[("does", "x" * 400_000)]).status_code == 413


def test_codes_tokens_and_buttons_are_not_kept(client, person):
    keep(
        client,
        person,
        fields=[("csrfmiddlewaretoken", "t"), ("code", "123456"), ("act", "save"), ("does", "x")],
    )
    assert kept(client)["typed"] == [["does", "x"]]


def test_a_newer_one_replaces_the_older_and_throwing_away_forgets(client, person):
    keep(client, person)
    keep(client, person, fields=[("does", "More")])
    assert kept(client)["typed"] == [["does", "More"]]
    assert keep(client, person, drop="1").status_code == 200
    assert kept(client) == {}


def test_an_evaluation_is_never_kept_here(client, person):
    keep(client, person, form="evaluation:ste-2020-21")
    assert not KeptForm.objects.exists()


def test_thirty_forms_a_person_are_kept(person):
    for number in range(32):
        at = NOW + timedelta(minutes=number)
        kept_forms.keep(person, form=f"form:{number}", fields=[], at=at)
    assert person.kept_forms.count() == 30
    assert not person.kept_forms.filter(form="form:1").exists()


def test_old_forms_are_forgotten(person):
    kept_forms.keep(person, form="old", fields=[], at=NOW)
    kept_forms.keep(person, form="new", fields=[], at=NOW + timedelta(days=1))
    assert sweeping.run_class("kept_forms", at=NOW + timedelta(days=settings.KEPT_FORM_DAYS, minutes=1)) == 1
    assert KeptForm.objects.get().form == "new"


def part_of(person):
    return a_part(drafter=person)


def send(client, role, account, *, does="Storylines", **changed):
    marks = {"kept_form": f"mou-part:{role.mou.slug}:{role.organization.slug}", "kept_account": account}
    return client.post(role.get_absolute_url(), {"does": does, "seen": role.revision, **marks, **changed})


def test_a_form_that_was_sent_is_forgotten_here_and_on_the_device(client, person):
    role = part_of(person)
    form = f"mou-part:{role.mou.slug}:{role.organization.slug}"
    keep(client, person, form=form)
    answer = send(client, role, kept_forms.account_of(person))
    assert answer.status_code == 302
    assert client.cookies["kept_sent"].value == f"{kept_forms.account_of(person)}:{form}"
    assert kept(client, form) == {}


def test_a_form_that_is_refused_stays_kept(client, person):
    role = part_of(person)
    form = f"mou-part:{role.mou.slug}:{role.organization.slug}"
    keep(client, person, form=form)
    answer = send(client, role, kept_forms.account_of(person), signatory_email="nonsense")
    assert answer.status_code == 422
    assert "kept_sent" not in client.cookies
    assert kept(client, form) != {}


def test_a_form_typed_as_somebody_else_is_not_sent(client, person):
    role, account = part_of(person), kept_forms.account_of(person)
    other = a_coordinator()
    client.force_login(other.user)
    answer = send(client, role, account)
    assert answer.status_code == 409
    assert "signed in as somebody else now" in answer.content.decode()
    role.refresh_from_db()
    assert role.does == ""


def test_a_form_sent_after_the_session_ended_waits_for_its_account(client, person):
    role, account = part_of(person), kept_forms.account_of(person)
    client.logout()
    answer = send(client, role, account)
    assert answer.url.startswith("/accounts/login/?next=")
    role.refresh_from_db()
    assert role.does == ""
    client.force_login(person.user)
    page = client.get(role.get_absolute_url())
    assert page.status_code == 200
    found = kept(client, f"mou-part:{role.mou.slug}:{role.organization.slug}")
    assert ["does", "Storylines"] in found["typed"]


def test_a_form_that_waits_is_not_given_to_another_account(client, person):
    role, account = part_of(person), kept_forms.account_of(person)
    client.logout()
    send(client, role, account)
    client.force_login(a_coordinator().user)
    client.get("/")
    client.force_login(person.user)
    client.get("/")
    assert not KeptForm.objects.exists()


def test_answers_to_an_evaluation_do_not_wait_here(client, person):
    registration = a_registration(a_network(), person)
    client.logout()
    url = reverse("evaluation", args=[registration.network.slug])
    marks = {
        "kept_form": f"evaluation:{registration.network.slug}",
        "kept_account": kept_forms.account_of(person),
    }
    client.post(url, {"q1": "5", **marks})
    assert "kept_form" not in client.session


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


def test_a_form_with_an_old_token_comes_back_to_be_sent_again(strict, person):
    role, account = part_of(person), kept_forms.account_of(person)
    strict.force_login(person.user)
    strict.get(role.get_absolute_url())
    answer = send(strict, role, account, does="Two\nlines & <more>", act="save", csrfmiddlewaretoken="x" * 64)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Two\nlines &amp; &lt;more&gt;" in page
    token = answer.context["csrf_token"]
    again = send(strict, role, account, does="Two\nlines & <more>", act="save", csrfmiddlewaretoken=token)
    assert again.status_code == 302
    role.refresh_from_db()
    assert role.does == "Two\nlines & <more>"


@pytest.mark.parametrize("origin", ["https://elsewhere.example.org", "null"])
def test_what_another_site_sent_is_not_offered_to_be_sent(strict, person, origin):
    role, account = part_of(person), kept_forms.account_of(person)
    strict.force_login(person.user)
    strict.get(role.get_absolute_url())
    answer = strict.post(
        role.get_absolute_url(),
        {"does": "Forged", "kept_form": FORM, "kept_account": account},
        headers={"Origin": origin},
    )
    assert answer.status_code == 403
    assert "Forged" not in answer.content.decode()


def test_a_form_with_an_old_token_of_another_account_is_not_offered(strict, person):
    role, account = part_of(person), kept_forms.account_of(person)
    strict.force_login(a_coordinator().user)
    strict.get("/")
    answer = send(strict, role, account, csrfmiddlewaretoken="x" * 64)
    assert answer.status_code == 403
    assert "Storylines" not in answer.content.decode()
    assert "opened under another account" in answer.content.decode()


def test_who_is_signed_in_is_said_with_a_fresh_token(client, person):
    state = client.get(reverse("account_state")).json()
    assert (state["account"], state["name"]) == (kept_forms.account_of(person), str(person))
    assert state["token"]
    client.logout()
    assert client.get(reverse("account_state")).json()["account"] == ""


def test_the_draft_of_a_network_keeps_whatever_is_in_it(client):
    person = a_coordinator()
    client.force_login(person.user)
    page = client.post(
        reverse("network_new"), typed(title="", co_hosts="No such body", contact_email="nobody")
    )
    assert "kept as your draft" in page.content.decode()
    assert not Network.objects.exists()
    found = dict(kept(client, "network:new")["typed"])
    assert (found["co_hosts"], found["summary"]) == ("No such body", "Five meetings of STE leaders.")
    again = client.post(reverse("network_new"), {**found, "act": "show"})
    assert again.context["page"].network["co_hosts"].value() == [("No such body", "")]
    assert again.context["faults"] == []
    client.post(reverse("network_new"), typed())
    assert kept(client, "network:new") == {}


def test_an_invited_organization_is_kept_on_the_device_under_its_private_link(client):
    one, other = an_invitation(), an_invitation()
    pages = [client.get(inviting.link_of(invitation)).content.decode() for invitation in (one, other)]
    accounts = [re.search(r'data-account="(link-\w+)"', page)[1] for page in pages]
    assert accounts[0] != accounts[1]
    assert all("data-device-only" in page and "data-by-link" in page for page in pages)


@pytest.mark.parametrize("name", ["partnership_edit", "mou_new", "network_new"])
def test_the_pages_of_long_forms_keep_them(client, name):
    a_partnership()
    client.force_login(a_coordinator().user)
    page = client.get(reverse(name)).content.decode()
    assert ("js/kept.js" in page, "data-kept" in page) == (True, True)
