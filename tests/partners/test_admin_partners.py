"""Organizations in the admin: the list and what it is opened for, the acts of a day, and the page of one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from model_bakery import baker

from meetings.models import Network
from partners.models import (
    Category,
    Contact,
    LetterTemplate,
    Mou,
    MouRole,
    Need,
    Organization,
    Sector,
    Stage,
    StageChange,
    Suggestion,
    local_day,
)
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_category,
    a_coordinator,
    a_meeting,
    a_network,
    a_partnership,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/organization/"


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.fixture
def desk(client, coordinator):
    a_partnership(postal_address="1 Main Street, Fall River, MA 02720")
    client.force_login(coordinator.user)
    return client


def choose(desk, act, *organizations):
    data = {"action": act, "index": "0", "_selected_action": [one.pk for one in organizations]}
    return desk.post(LIST, data)


def press(desk, act, page, **typed):
    """Press the button of the page before an act, with all rows that it may be done to."""
    rows = [line.pk for line, _in in page.context["going"]]
    return desk.post(
        f"{LIST}acts/{act}/", {"plan": page.context["sealed"], "row": rows, **typed}, follow=True
    )


def look(desk, act, page, **typed):
    """Ask what an act would do with what was typed."""
    sent = {"plan": page.context["sealed"], "look": "1", **typed}
    return desk.post(f"{LIST}acts/{act}/", sent)


def said(page):
    return [str(message) for message in page.context["messages"]]


def named(desk, **query):
    return [row.name for row in desk.get(LIST, query).context["cl"].result_list]


def an_mou(**fields):
    return baker.make(Mou, title="MOU 2025", slug="mou", status=Mou.Status.DRAFTING, **fields)


def a_part(mou, organization, **fields):
    fields = {"status": MouRole.Status.DRAFT, "drafter": a_person(), "lead_contact": a_person(), **fields}
    return baker.make(MouRole, mou=mou, organization=organization, **fields)


def test_quick_choices_find_whom_they_name(desk):
    mou, today = an_mou(), local_day(timezone.now())
    late = an_organization(name="Late", stage=Stage.PARTNER)
    a_part(mou, late, due_on=today - timedelta(days=3))
    early = an_organization(name="Early", stage=Stage.PARTNER)
    a_part(mou, early, due_on=today + timedelta(days=3))
    an_organization(name="Alone", stage=Stage.PARTNER)
    person = a_person()
    a_position(person, organization=early)
    a_registration(a_network(), person)
    person.registrations.update(position=person.positions.get())
    baker.make(Need, organization=late, category=a_category(), written_at=NOW)
    baker.make(Contact, organization=early, on=today, by=person, written_at=NOW)
    assert named(desk, only="missing") == ["Early", "Late"]
    assert named(desk, only="overdue") == ["Late"]
    assert named(desk, only="no_contact") == ["Alone"]
    assert named(desk, only="needs") == ["Late"]
    assert named(desk, only="silent") == ["Alone", "Late"]
    assert named(desk, only="nobody") == ["Alone", "Late"]
    assert named(desk, part="none") == ["Alone"]


def test_index_counts_what_waits_and_leads_to_the_list(desk):
    a_part(
        an_mou(), an_organization(stage=Stage.PARTNER), due_on=local_day(timezone.now()) - timedelta(days=1)
    )
    html = desk.get("/admin/").content.decode()
    assert f'href="{LIST}?only=overdue"' in html


def test_index_asks_the_database_equally_often(desk):
    organization = an_organization(stage=Stage.PARTNER)
    counts = []
    for number in (1, 1, 29):
        fill(organization, number)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/admin/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_filter_says_what_it_is_set_to(desk):
    an_organization(name="North", region="North shore")
    html = desk.get(LIST, {"region": "North shore"}).content.decode()
    assert "Region: North shore" in html


def test_asked_organizations_have_a_part_and_an_e_mail(desk):
    mou = an_mou()
    organization = an_organization(stage=Stage.INTERESTED)
    a_position(a_person(), organization=organization, confirmed_at=NOW, is_contact=True)
    nobody = an_organization()
    page = choose(desk, "ask", organization, nobody)
    assert page.context["number"] == 1
    done = press(desk, "ask", page, mou=mou.slug)
    assert said(done) == ["We asked 1 organization for its part."]
    organization.refresh_from_db()
    assert (organization.mou_roles.get().mou, organization.stage) == (mou, Stage.DRAFTING)
    assert Mail.objects.count() >= 1


def test_a_stage_is_moved_with_a_reason_and_who_can_not_is_skipped(desk, coordinator):
    one, other = an_organization(stage=Stage.INVITED), an_organization(stage=Stage.PARTNER)
    page = choose(desk, "stage", one, other)
    assert page.context["going"] == []
    page = look(desk, "stage", page, to=Stage.DECLINED, reason="No time this year")
    assert page.context["number"] == 1
    done = press(desk, "stage", page, to=Stage.DECLINED, reason="No time this year")
    assert said(done) == ["1 organization moved."]
    step = StageChange.objects.get(organization=one)
    assert (step.to_status, step.reason, step.by_name) == (
        Stage.DECLINED,
        "No time this year",
        str(coordinator),
    )


def test_another_stage_than_was_looked_at_is_shown_again_first(desk):
    one = an_organization(stage=Stage.INVITED)
    page = look(desk, "stage", choose(desk, "stage", one), to=Stage.INTERESTED, reason="")
    again = press(desk, "stage", page, to=Stage.CAME, reason="")
    assert again.context["number"] == 1
    one.refresh_from_db()
    assert one.stage == Stage.INVITED


def test_who_was_moved_by_another_meanwhile_is_skipped(desk):
    one = an_organization(stage=Stage.INVITED)
    page = look(desk, "stage", choose(desk, "stage", one), to=Stage.INTERESTED, reason="")
    Organization.objects.filter(pk=one.pk).update(stage=Stage.CAME)
    assert f"{one}: " in said(press(desk, "stage", page, to=Stage.INTERESTED, reason=""))[0]


def test_sector_and_region_are_set_with_history(desk, coordinator):
    one = an_organization(sector=Sector.SCHOOL)
    page = look(desk, "describe", choose(desk, "describe", one), sector="", region="Cape Cod")
    assert said(press(desk, "describe", page, sector="", region="Cape Cod")) == ["1 organization changed."]
    one.refresh_from_db()
    assert (one.region, one.sector) == ("Cape Cod", Sector.SCHOOL)
    assert one.history.first().history_user == coordinator.user


def test_setting_nothing_is_refused_in_a_sentence(desk):
    page = look(desk, "describe", choose(desk, "describe", an_organization()), sector="", region="")
    assert "Choose a sector, type a region, or do both." in page.content.decode()


def test_a_letter_goes_to_whom_a_suggestion_names(desk, coordinator):
    one = an_organization(stage=Stage.SUGGESTED)
    Suggestion.objects.create(
        organization=one, by=coordinator, why="Near", contact_email="ada@example.org", at=NOW
    )
    partner = an_organization(stage=Stage.PARTNER)
    LetterTemplate.objects.create(title="First", subject="Join us", body="Hello {name}, answer here: {link}")
    page = choose(desk, "write", one, partner)
    assert (page.context["number"], page.context["letters"][0].subject) == (1, "Join us")
    done = press(desk, "write", page, subject="Join us", body="Hello, answer here: {link}")
    assert said(done) == ["We sent 1 letter."]
    assert Mail.objects.get().address == "ada@example.org"
    one.refresh_from_db()
    assert one.stage == Stage.INVITED


def fill(organization, number):
    """Give an organization what its page shows, ``number`` of each."""
    mou = Mou.objects.first() or an_mou()
    if not organization.mou_roles.exists():
        a_part(mou, organization)
    category = Category.objects.first() or a_category()
    network = Network.objects.first() or a_network()
    for _one in range(number):
        person = a_user().person
        position = a_position(person, organization=organization)
        baker.make(Need, organization=organization, category=category, written_at=NOW)
        baker.make(Contact, organization=organization, on=local_day(NOW), by=person, written_at=NOW)
        a_registration(network, person)
        person.registrations.update(position=position)
        a_meeting(network, host=organization)


def test_page_of_an_organization_asks_the_database_equally_often(desk):
    organization = an_organization(stage=Stage.PARTNER)
    url = reverse("admin:partners_organization_change", args=[organization.pk])
    counts = []
    for number in (1, 1, 29):
        fill(organization, number)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]


def form_of(page):
    """Return what the browser would send of the form of a page as it stands."""
    sent = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = value
    return sent


def test_a_position_is_mended_and_a_call_is_kept_on_the_page(desk, coordinator):
    organization = an_organization()
    position = a_position(a_person(), organization=organization)
    url = reverse("admin:partners_organization_change", args=[organization.pk])
    sent = form_of(desk.get(url))
    sent |= {
        "positions-0-title": "Science 6 to 12",
        "contacts-TOTAL_FORMS": 1,
        "contacts-0-on": "2020-10-14",
        "contacts-0-kind": "call",
        "contacts-0-whom": "Superintendent",
        "contacts-0-note": "The board meets in November.",
    }
    assert desk.post(url, sent).status_code == 302
    position.refresh_from_db()
    assert position.title == "Science 6 to 12"
    kept = organization.contacts.get()
    assert (kept.note, kept.by) == ("The board meets in November.", coordinator)


def test_a_call_of_a_day_to_come_is_refused_and_the_page_is_whole(desk):
    organization = an_organization()
    url = reverse("admin:partners_organization_change", args=[organization.pk])
    typed = {"on": "2099-10-14", "kind": "call", "whom": "Superintendent", "note": "Too early"}
    sent = {f"contacts-0-{name}": value for name, value in typed.items()} | {"contacts-TOTAL_FORMS": 1}
    html = desk.post(url, form_of(desk.get(url)) | sent).content.decode()
    assert "That date is in the future. Record it after it happens." in html
    assert ("Too early" in html, "Where it stands" in html, "Ask for the part" in html) == (True, True, True)


def test_saving_leads_on_to_the_next_row_of_the_list(desk):
    one, other = an_organization(name="A", region="Cape"), an_organization(name="C", region="Cape")
    an_organization(name="B")
    url = reverse("admin:partners_organization_change", args=[one.pk])
    page = desk.get(url, {"_changelist_filters": "region=Cape"})
    assert (page.context["place"].number, page.context["place"].total) == (1, 2)
    assert page.context["place"].after == other
    done = desk.post(url, {**form_of(page), "_next": other.pk})
    assert done["Location"].startswith(reverse("admin:partners_organization_change", args=[other.pk]))


def test_a_partner_from_suggestion_to_reminded_part_in_the_admin_alone(desk, coordinator):
    """What a coordinator does in a day with one organization, never leaving the admin."""
    mou = an_mou(parts_due_on=local_day(timezone.now()) - timedelta(days=1))
    LetterTemplate.objects.create(title="First", subject="Join us", body="Answer here: {link}")
    one = an_organization(stage=Stage.SUGGESTED)
    Suggestion.objects.create(
        organization=one,
        by=coordinator,
        why="Near",
        contact_name="Ada Reyes",
        contact_email="ada@example.org",
        at=NOW,
    )
    press(desk, "write", choose(desk, "write", one), subject="Join us", body="Answer here: {link}")
    page = look(desk, "stage", choose(desk, "stage", one), to=Stage.INTERESTED, reason="She called")
    press(desk, "stage", page, to=Stage.INTERESTED, reason="She called")
    press(desk, "ask", choose(desk, "ask", one), mou=mou.slug)
    role = one.mou_roles.get()
    MouRole.objects.filter(pk=role.pk).update(asked_at=NOW)  # some days ago
    done = press(desk, "remind", choose(desk, "remind", one))
    assert said(done) == ["We e-mailed 1 organization about its part."]
    one.refresh_from_db()
    assert one.stage == Stage.DRAFTING
    subjects = list(
        Mail.objects.filter(address="ada@example.org").order_by("pk").values_list("subject", flat=True)
    )
    assert len(subjects) == 3 and subjects[0] == "Join us"
