"""Acts on a selection in the admin: shown first, then done once, and what changed meanwhile is skipped."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from model_bakery import baker

from partners.models import Mou, MouRole, Stage, local_day
from stemnet import jobs
from stemnet.models import Job, Mail
from tests.factories import a_coordinator, a_partnership, a_person, an_organization

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/organization/"
REMIND = f"{LIST}acts/remind/"


@pytest.fixture
def desk(client):
    a_partnership()
    client.force_login(a_coordinator().user)
    return client


def parts(number, *, late=3, **fields):
    """Make parts that are late, each with somebody who writes it."""
    due = local_day(timezone.now()) - timedelta(days=late)
    mou = Mou.objects.first() or baker.make(Mou, title="MOU 2025", slug="mou", status=Mou.Status.DRAFTING)
    return [
        baker.make(
            MouRole,
            mou=mou,
            organization=an_organization(stage=Stage.PARTNER),
            drafter=a_person(),
            due_on=due,
            status=MouRole.Status.DRAFT,
            **fields,
        )
        for _one in range(number)
    ]


def choose(desk, act, roles):
    """Choose organizations, and return the page that shows what will happen."""
    keys = [role.organization_id for role in roles]
    return desk.post(LIST, {"action": act, "index": "0", "_selected_action": keys})


def confirm(desk, page, *, url=REMIND, rows=None, **typed):
    """Press the button of a page, with the rows that stay ticked."""
    ticked = [line.pk for line, _in in page.context["going"]] if rows is None else rows
    return desk.post(url, {"plan": page.context["sealed"], "row": ticked, **typed}, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def test_nothing_is_sent_before_it_is_confirmed(desk):
    page = choose(desk, "remind", parts(2))
    assert (page.status_code, page.context["number"], Mail.objects.count()) == (200, 2, 0)


def test_confirmed_rows_are_reminded_with_a_line_of_ones_own(desk):
    one, other = parts(2)
    page = choose(desk, "remind", [one, other])
    done = confirm(desk, page, rows=[one.organization_id], own_line="Call me any time.")
    assert said(done) == ["We e-mailed 1 organization about its part."]
    assert "Call me any time." in Mail.objects.get(address=one.drafter.primary_address).text
    assert Mail.objects.count() == 1
    assert LogEntry.objects.get().object_id == str(one.organization_id)


def test_pressing_twice_sends_once(desk):
    page = choose(desk, "remind", parts(1))
    confirm(desk, page)
    again = confirm(desk, page)
    assert said(again) == ["You already pressed that button. Nothing was done twice."]
    assert (Mail.objects.count(), Job.objects.count()) == (1, 1)


def test_a_row_that_changed_meanwhile_is_skipped_and_named(desk):
    one, other = parts(2)
    page = choose(desk, "remind", [one, other])
    MouRole.objects.filter(pk=one.pk).update(
        status=MouRole.Status.SUBMITTED,
        signatory_name="S",
        signatory_title="T",
        signatory_email="s@example.org",
    )
    done = said(confirm(desk, page))
    assert done == [
        "We e-mailed 1 organization about its part.",
        f"{one.organization}: Its part is “Submitted”",
    ]


def test_who_has_nobody_to_write_to_is_skipped_with_the_reason(desk):
    (role,) = parts(1)
    role.drafter.emails.all().delete()
    page = choose(desk, "remind", [role])
    assert page.context["number"] == 0
    assert "Nobody to write to" in page.content.decode()


def test_a_page_of_somebody_else_is_not_taken(desk, client):
    page = choose(desk, "remind", parts(1))
    client.force_login(a_coordinator().user)
    assert said(confirm(client, page)) == ["That page is out of date. Choose the rows again."]
    assert not Mail.objects.exists()


def test_many_rows_are_one_field_and_a_job_that_names_what_it_left_out(desk):
    roles = parts(30)
    page = desk.post(
        LIST, {"action": "remind", "index": "0", "select_across": "1", "_selected_action": ["1"]}
    )
    assert page.context["all_going"] == 30
    role = roles[0]
    MouRole.objects.filter(pk=role.pk).update(due_on=local_day(timezone.now()))
    sent = {"plan": page.context["sealed"], "row": [one.organization_id for one in roles]}
    job = Job.objects.get(uid=desk.post(REMIND, sent)["Location"].split("/")[-2])
    assert (job.total, Mail.objects.count()) == (30, 0)
    jobs.run_waiting(at=timezone.now())
    html = desk.get(job.get_absolute_url()).content.decode()
    assert "Done: 29 of 30." in html
    assert f"{role.organization}: It changed since you chose it." in html
    assert Mail.objects.count() == 29


def test_planning_asks_the_database_equally_often(desk):
    choose(desk, "remind", parts(1))
    counts = []
    for number in (1, 30):
        roles = parts(number)
        with CaptureQueriesContext(connection) as queries:
            assert choose(desk, "remind", roles).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
