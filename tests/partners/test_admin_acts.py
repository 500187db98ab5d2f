"""Acts on a selection in the admin: shown first, then done once, and what changed meanwhile is skipped."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from model_bakery import baker

from partners.models import Mou, MouRole, Stage, local_day
from stemnet import jobs
from stemnet.admin import lists, looking, plans
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


@pytest.fixture
def long_selections(monkeypatch):
    """Let a selection of more than two rows be a long one."""
    monkeypatch.setattr(looking, "AT_ONCE", 2)
    monkeypatch.setattr(plans, "TOGETHER", 2)


def looked_at(desk, act, roles):
    """Choose many organizations, and return the job's address and the page that it leads to."""
    answer = choose(desk, act, roles)
    jobs.run_waiting(at=timezone.now())
    return answer["Location"], desk.get(answer["Location"], follow=True)


def test_a_long_selection_is_looked_at_by_a_job_that_leads_to_the_page(desk, long_selections):
    roles = parts(5)
    roles[0].drafter.emails.all().delete()
    answer = choose(desk, "remind", roles)
    waiting = desk.get(answer["Location"]).content.decode()
    assert "Remind of the part: looking at 5 rows" in waiting
    assert "0 of 5" in waiting
    page = looked_at(desk, "remind", roles)[1]
    assert (page.context["chosen"], page.context["number"], page.context["all_skipped"]) == (5, 4, 1)
    assert (page.context["mails"], len(page.context["letters"])) == (4, 4)
    assert '<span class="tag' in page.content.decode()
    left_in = [role.organization_id for role in roles[1:4]]
    done = confirm(desk, page, rows=left_in, own_line="Call me.")
    assert said(done) == ["We e-mailed 3 organizations about their part."]
    assert Mail.objects.count() == 3
    assert said(confirm(desk, page, rows=left_in))[0].startswith("You already pressed that button.")


def test_who_waits_for_a_long_look_is_led_on_by_its_page(desk, long_selections):
    address, _page = looked_at(desk, "remind", parts(3))
    answer = desk.get(address, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(f"{REMIND}?look=")


def test_a_row_that_changed_after_a_long_look_is_skipped_and_named(desk, long_selections):
    roles = parts(3)
    page = looked_at(desk, "remind", roles)[1]
    MouRole.objects.filter(pk=roles[0].pk).update(due_on=local_day(timezone.now()))
    done = said(confirm(desk, page))
    assert done[1] == f"{roles[0].organization}: It changed since you chose it."
    assert Mail.objects.count() == 2


def test_what_a_long_look_found_is_its_asker_s_alone_and_not_kept_forever(desk, client, long_selections):
    address, page = looked_at(desk, "remind", parts(3))
    onward = Job.objects.get().params["onward"]
    Job.objects.get().result.delete()
    assert said(desk.get(onward, follow=True)) == ["That page is out of date. Choose the rows again."]
    assert said(confirm(desk, page)) == ["That page is out of date. Choose the rows again."]
    assert desk.get(f"{REMIND}?look=none", follow=True).status_code == 200
    client.force_login(a_coordinator().user)
    assert client.get(address).status_code == 404
    assert not Mail.objects.exists()


def test_another_stage_for_a_long_selection_is_looked_at_again(desk, long_selections):
    roles = parts(3)
    first = choose(desk, "stage", roles)
    assert not first.context["is_known"]
    url = f"{LIST}acts/stage/"
    sent = {"plan": first.context["sealed"], "to": "former", "reason": "They moved", "look": "1"}
    answer = desk.post(url, sent)
    jobs.run_waiting(at=timezone.now())
    page = desk.get(answer["Location"], follow=True)
    assert (page.context["number"], page.context["form"]["to"].value()) == (3, "former")
    sent = {"plan": page.context["sealed"], "to": "declined", "reason": "They moved"}
    assert desk.post(url, sent)["Location"].startswith("/jobs/")
    rows = [role.organization_id for role in roles]
    done = confirm(desk, page, url=url, rows=rows, to="former", reason="They moved")
    assert said(done) == ["3 organizations moved."]


def test_a_long_export_is_a_file_of_a_job(desk, long_selections):
    page = looked_at(desk, "export", parts(30))[1]
    answer = confirm(desk, page, url=f"{LIST}acts/export/", kind="csv")
    jobs.run_waiting(at=timezone.now())
    job = Job.objects.get(kind="admin.act")
    file = b"".join(desk.get(reverse("job_result", args=[job.uid])).streaming_content)
    assert answer.redirect_chain[0][0] == job.get_absolute_url()
    assert (job.result_name[-4:], file.count(b"\r\n")) == (".csv", 31)


def test_looking_asks_the_database_as_often_for_each_part(desk, monkeypatch):
    monkeypatch.setattr(looking, "AT_ONCE", 0)
    counts = []
    for number in (6, 40):
        choose(desk, "ask", parts(number))
        with CaptureQueriesContext(connection) as queries:
            jobs.run_waiting(at=timezone.now())
        counts.append(len([one for one in queries if "stemnet_job" not in one["sql"]]))
    assert counts[0] == counts[1]


def test_very_many_rows_are_not_deleted_at_once(desk, monkeypatch):
    monkeypatch.setattr(lists, "MOST_DELETED", 1)
    chosen = {"action": "delete_selected", "index": "0"}
    chosen |= {"_selected_action": [an_organization().pk, an_organization().pk]}
    words = said(desk.post(LIST, chosen, follow=True))
    assert words == ["You can delete up to 1 rows at once. Choose fewer, or narrow the list."]


def test_planning_asks_the_database_equally_often(desk):
    choose(desk, "remind", parts(1))
    counts = []
    for number in (1, 30):
        roles = parts(number)
        with CaptureQueriesContext(connection) as queries:
            assert choose(desk, "remind", roles).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
