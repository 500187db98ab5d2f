"""Asking many partners for their parts as one act."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from partners.memorandum.domain import asking_many, part_contacts, parts
from partners.models import Mou, MouRole, Organization
from stemnet import jobs
from stemnet.models import Job, Mail
from tests.factories import NOW, a_coordinator, a_mou, a_part, a_partnership, a_position, an_organization
from tests.partners.signing_pages import log_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mou():
    a_partnership()
    return a_mou(by=a_coordinator())


def suggested(number=1, **fields):
    made = []
    for _step in range(number):
        organization = an_organization(stage="interested", **fields)
        address = f"contact@{organization.slug}.example"
        named = {"contact_name": "Science Lead", "contact_email": address}
        baker.make("partners.Suggestion", organization=organization, at=NOW, **named)
        made.append(organization)
    return made


def seen(mou, organizations):
    rows = Organization.objects.filter(pk__in=[one.pk for one in organizations])
    return [row.seen for row in asking_many.candidates(mou, rows, on=NOW.date())]


def ask(client, mou, organizations, *, rows=None, **fields):
    log_in(client, mou.texts.get().by)
    given = {"organizations": seen(mou, organizations) if rows is None else rows, **fields}
    return client.post(reverse("mou_ask_many", args=[mou.slug]), given, follow=True)


def asked_mails():
    return Mail.objects.filter(key__startswith="part_asked")


def test_those_that_are_checked_are_asked_with_one_day(client, mou):
    chosen, other = suggested(2), suggested()
    page = ask(client, mou, chosen, due_on="2020-10-15")
    assert "We asked 2 partners for their parts." in words(page)
    assert {role.organization for role in mou.roles.all()} == set(chosen)
    assert set(mou.roles.values_list("due_on", flat=True)) == {date(2020, 10, 15)}
    assert {mail.address for mail in asked_mails()} == {f"contact@{one.slug}.example" for one in chosen}
    assert not mou.roles.filter(organization=other[0]).exists()


def test_the_same_again_asks_nobody_twice(client, mou):
    chosen = suggested(2)
    ask(client, mou, chosen)
    page = ask(client, mou, chosen)
    assert "We skipped 2" in words(page)
    assert (mou.roles.count(), asked_mails().count()) == (2, 2)


def test_they_begin_from_the_model_that_was_chosen(client, mou):
    model = a_part(mou)
    parts.save_part(model, words={"does": "We teach."}, seen=1, by=model.drafter, at=NOW)
    MouRole.objects.filter(pk=model.pk).update(model_title="School district")
    ask(client, mou, suggested(), model=model.pk)
    role = mou.roles.exclude(pk=model.pk).get()
    assert (role.does, role.copied_from) == ("We teach.", model)


def test_many_are_asked_by_a_job_that_may_run_again(client, mou):
    chosen = suggested(asking_many.AT_ONCE + 1)
    ask(client, mou, chosen)
    job = Job.objects.get()
    assert (job.kind, mou.roles.count()) == ("partners.ask_parts", 0)
    jobs.run_waiting(at=NOW)
    Job.objects.update(state="queued")
    jobs.run_waiting(at=NOW)
    job.refresh_from_db()
    assert (job.state, job.progress, mou.roles.count(), asked_mails().count()) == ("done", 31, 31, 31)


def another_contact(organization):
    a_part(a_mou(), organization=organization, drafter=a_coordinator(address="new@example.org"))


def test_who_would_get_another_mail_than_the_page_showed_is_shown_again(client, mou):
    same, changed = suggested(2)
    rows = seen(mou, [same, changed])
    another_contact(changed)
    page = ask(client, mou, [], rows=rows)
    asked = mou.roles.exists() or asked_mails().exclude(address="new@example.org").exists()
    assert (page.status_code, asked) == (409, False)
    assert f"changed after you looked: {changed}. We didn" in words(page)
    assert [row.organization for row in page.context["rows"] if row.seen in page.context["checked"]] == [same]
    page = ask(client, mou, [same, changed])
    assert "We asked 2 partners for their parts." in words(page)
    assert asked_mails().filter(address="new@example.org", key__contains=mou.slug).exists()


def test_the_job_leaves_out_who_changed_and_says_so(client, mou):
    chosen = suggested(asking_many.AT_ONCE + 1)
    ask(client, mou, chosen)
    another_contact(chosen[3])
    jobs.run_waiting(at=NOW)
    job = Job.objects.get()
    assert (job.state, mou.roles.count()) == ("failed", asking_many.AT_ONCE)
    assert f"ask {chosen[3]}, because their contacts changed" in job.error


@pytest.mark.parametrize("typed", ["1", "x:y", "1:" + "0" * 15, "9" * 30 + ":" + "0" * 16])
def test_odd_rows_are_refused(client, mou, typed):
    assert ask(client, mou, [], rows=[typed]).status_code == 422


def test_nothing_checked_is_said_and_nothing_sent(client, mou):
    suggested()
    page = ask(client, mou, [])
    assert page.status_code == 422
    assert "Check at least one organization." in words(page)


def test_the_page_says_who_is_asked_already_and_where_nobody_is_known(client, mou):
    part_contacts.ask_for_part(
        mou, organization=suggested()[0], drafter=a_coordinator(), by=a_coordinator(), at=NOW
    )
    an_organization()
    log_in(client, mou.texts.get().by)
    page = words(client.get(reverse("mou_ask_many", args=[mou.slug])))
    assert ("Already asked" in page, "We have nobody to write to there." in page) == (True, True)


def test_the_page_is_narrowed_by_sector_and_stage(client, mou):
    wanted = suggested(sector="business")[0]
    suggested(sector="museum_informal")
    log_in(client, mou.texts.get().by)
    page = client.get(reverse("mou_ask_many", args=[mou.slug]), {"sector": "business", "stage": "interested"})
    assert [row.organization for row in page.context["rows"]] == [wanted]


def test_checking_all_leaves_out_whom_nobody_named_for_it(client, mou):
    known, works, guessed = an_organization(), an_organization(), suggested()[0]
    a_part(a_mou(), organization=known, lead_contact=a_coordinator())
    a_position(a_coordinator(), organization=works)
    log_in(client, mou.texts.get().by)
    page = client.get(reverse("mou_ask_many", args=[mou.slug]), {"all": "1"}).content.decode()
    boxes = [page.split(f'id="ask-{one.slug}"')[1].split(">")[0] for one in (known, works, guessed)]
    assert ["checked" in box for box in boxes] == [True, False, False]


def test_whom_we_write_to_is_the_nearest_who_is_known():
    organization = an_organization()
    rows = Organization.objects.filter(pk=organization.pk)

    def contact():
        found = asking_many.whom_to_write(list(rows), on=NOW.date()).get(organization.pk)
        return found and found.address

    found = [contact()]
    suggestion = {"contact_name": "Science lead", "contact_email": "suggested@example.org"}
    baker.make("partners.Suggestion", organization=organization, at=NOW, **suggestion)
    found.append(contact())
    a_position(a_coordinator(address="works@example.org"), organization=organization)
    found.append(contact())
    baker.make("partners.Invitation", organization=organization, name="Office", address="invited@example.org")
    found.append(contact())
    a_part(organization=organization, drafter=a_coordinator(address="lead@example.org"))
    found.append(contact())
    names = ["suggested", "works", "invited", "lead"]
    assert found == [None, *[f"{name}@example.org" for name in names]]


def test_the_page_asks_the_same_queries_for_one_and_thirty(client, mou, django_assert_num_queries):
    log_in(client, mou.texts.get().by)
    url = reverse("mou_ask_many", args=[mou.slug])

    def more(number):
        for one in suggested(number):
            a_position(a_coordinator(), organization=one)
            a_part(a_mou(), organization=one)

    more(1)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    more(29)
    with django_assert_num_queries(len(one)):
        assert client.get(url).status_code == 200


def test_an_ended_memorandum_asks_nobody(client, mou):
    Mou.objects.update(status="ended")
    ask(client, mou, suggested())
    assert not mou.roles.exists()
