"""Who is missing, and reminders 14, 7 and 1 days ahead and when overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.memorandum.domain import part_board, part_reminders, parts
from partners.memorandum.exceptions import MouRefused
from partners.models import Mou, MouRole, local_day
from stemnet.models import Mail, MailClass
from tests.factories import a_coordinator, a_mou, a_part, a_partnership, a_person
from tests.partners.signing_pages import log_in, words

pytestmark = pytest.mark.django_db
DUE = date(2012, 10, 15)
ASKED = datetime(2012, 9, 10, 17, 0, tzinfo=UTC)


@pytest.fixture
def role():
    a_partnership(zone="America/Los_Angeles")
    role = a_part(a_mou(parts_due_on=DUE), at=ASKED, drafter=a_person(address="drafter@example.org"))
    Mail.objects.all().delete()
    return role


def swept(days, *, hour=9):
    """Sweep so many days before the part is due, at an hour of the partnership's day."""
    on = DUE - timedelta(days=days)
    return part_reminders.sweep_parts(at=datetime(on.year, on.month, on.day, hour + 7, tzinfo=UTC))


def moment(days):
    on = DUE - timedelta(days=days)
    return datetime(on.year, on.month, on.day, 16, tzinfo=UTC)


def lines(days):
    return part_board.part_lines(Mou.objects.get(), today=DUE + timedelta(days=days))


def test_each_reminder_goes_out_once_on_its_day(role):
    sent = {days: (swept(days), swept(days)) for days in range(16, -17, -1)}
    assert {days: twice for days, twice in sent.items() if any(twice)} == dict.fromkeys(
        (14, 7, 1, -1, -8, -15), (1, 0)
    )
    subjects = list(Mail.objects.order_by("pk").values_list("subject", flat=True))
    assert [subject.startswith("Overdue") for subject in subjects] == [False] * 3 + [True] * 3


@pytest.mark.parametrize("days", [14, 7, 1, -1, -8, -57])
def test_what_a_first_sweep_finds_late_goes_out_once(role, days):
    assert (swept(days), swept(days)) == (1, 0)


@pytest.mark.parametrize(("days", "sent"), [(15, 0), (0, 1)])
def test_what_is_sent_by_a_first_sweep(role, days, sent):
    assert swept(days) == sent


def test_the_weekly_reminder_ends_after_eight_weeks(role):
    sent = [-days for days in range(17, -200, -1) if swept(days)]
    assert sent == [-14, -7, -1, 1, *range(8, 58, 7)]


def test_how_many_weeks_is_a_setting(role, settings):
    settings.PART_REMINDER_WEEKS = 2
    assert [-days for days in range(0, -200, -1) if swept(days)] == [0, 1, 8, 15]


def test_what_was_missed_long_ago_is_not_sent(role):
    assert (swept(-64), swept(-400)) == (0, 0)


def test_asking_again_reminds_now_and_begins_the_weeks_anew(role, settings):
    settings.PART_REMINDER_WEEKS = 2
    swept(-15)
    assert lines(100)[0].chased is False
    part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    mail = Mail.objects.latest("pk")
    assert (mail.address, mail.subject) == (
        "drafter@example.org",
        f"Overdue: the part for {role.organization}",
    )
    assert lines(101)[0].chased is True
    assert [-days for days in range(-100, -200, -1) if swept(days)] == [107, 114]


def test_asking_again_who_had_declined_moves_them_on(role):
    role.organization.stage = "declined"
    role.organization.save()
    assert lines(100)[0].chased is False
    part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    role.organization.refresh_from_db()
    assert (role.organization.stage, lines(101)[0].chased) == ("drafting", True)


def test_nobody_is_asked_again_twice_a_day(role):
    part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    with pytest.raises(MouRefused, match="one reminder a day"):
        part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    assert Mail.objects.count() == 1


def test_who_had_the_mail_of_the_day_about_another_part_is_not_asked_again(role):
    other = a_part(role.mou, at=ASKED, drafter=role.drafter)
    part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    with pytest.raises(MouRefused, match="one reminder a day"):
        part_reminders.ask_again(other, by=role.drafter, at=moment(-100))


def test_a_part_that_is_submitted_is_not_asked_again(role):
    MouRole.objects.update(
        status="submitted", signatory_name="x", signatory_title="x", signatory_email="x@example.org"
    )
    with pytest.raises(MouRefused):
        part_reminders.ask_again(role, by=role.drafter, at=moment(-100))


def test_a_part_without_a_day_is_asked_again_in_words_without_one(role):
    Mou.objects.update(parts_due_on=None)
    part_reminders.ask_again(role, by=role.drafter, at=moment(-100))
    mail = Mail.objects.get()
    assert (mail.subject, "due on" in mail.text) == (f"Reminder: the part for {role.organization}", False)


def test_a_part_that_is_returned_late_is_chased_anew(role):
    MouRole.objects.update(
        status="submitted", signatory_name="x", signatory_title="x", signatory_email="x@example.org"
    )
    parts.give_back(role, comment="Say more", by=role.drafter, at=moment(-100))
    assert [-days for days in range(-100, -130, -1) if swept(days)] == [107, 114, 121, 128]


def test_the_board_says_who_is_not_reminded_any_more_and_asks_again(client):
    a_partnership()
    due = timezone.localdate() - timedelta(days=90)
    role = a_part(a_mou(by=a_coordinator(), parts_due_on=due), at=timezone.now() - timedelta(days=120))
    chased = a_part(role.mou, due_on=timezone.localdate() + timedelta(days=3))
    log_in(client, role.mou.texts.get().by)
    board = reverse("mou_board", args=[role.mou.slug])
    assert words(client.get(board)).count("no more reminders") == 1
    page = client.post(reverse("mou_part_remind", args=[role.mou.slug, role.organization.slug]), follow=True)
    assert f"We asked {role} again for its part." in words(page)
    assert ("no more reminders" in words(page), "Ask again" in words(page)) == (False, False)
    chased.refresh_from_db()
    assert chased.chased_from is None


def test_the_weekly_reminder_ends_when_the_day_is_moved(role):
    swept(-1)
    MouRole.objects.update(due_on=DUE + timedelta(days=60))
    assert (swept(-8), swept(-15), swept(-46)) == (0, 0, 1)


def test_who_declined_to_be_a_partner_is_reminded_no_more(role):
    role.organization.stage = "declined"
    role.organization.save()
    assert swept(-8) == 0


def test_the_board_says_when_a_part_was_last_reminded_of(role):
    swept(-8)
    assert MouRole.objects.get().reminded_on == DUE + timedelta(days=8)


def test_a_person_with_two_parts_gets_one_mail_a_day(role):
    other = a_part(role.mou, at=ASKED, drafter=role.drafter)
    assert (swept(7), swept(7)) == (1, 0)
    mail = Mail.objects.get(key__startswith="part_reminder")
    assert mail.subject == "Reminder: 2 parts of the MOU"
    assert (str(role.organization) in mail.text, str(other.organization) in mail.text) == (True, True)


def test_who_had_the_mail_of_the_day_is_told_of_another_part_tomorrow(role):
    other = a_part(role.mou, at=ASKED, drafter=role.drafter, due_on=DUE + timedelta(days=60))
    swept(7)
    MouRole.objects.filter(pk=other.pk).update(due_on=DUE)
    assert (swept(7, hour=12), swept(6), swept(5)) == (0, 1, 0)


def test_of_several_that_were_missed_only_the_latest_goes_out(role):
    assert (swept(5), swept(4)) == (1, 0)
    mail = Mail.objects.get()
    assert mail.key == f"part_reminder:{role.drafter.uid}:{DUE - timedelta(days=5)}"
    assert mail.expires_at == datetime(2012, 10, 14, 14, 0, tzinfo=UTC)


def test_who_was_asked_late_is_not_reminded_of_days_before(role):
    MouRole.objects.update(asked_at=datetime(2012, 10, 5, 17, 0, tzinfo=UTC))
    assert (swept(10), swept(9), swept(7)) == (0, 0, 1)


def test_who_joins_after_the_day_of_all_has_none_before_one_is_set(role):
    late = a_part(role.mou, at=ASKED + timedelta(days=180), drafter=a_person(address="late@example.org"))
    mail = Mail.objects.get(address="late@example.org")
    assert (late.due, "due on" in mail.text) == (None, False)
    MouRole.objects.filter(pk=late.pk).update(due_on=DUE + timedelta(days=200))
    assert MouRole.objects.get(pk=late.pk).due == DUE + timedelta(days=200)


def test_drafter_and_lead_contact_are_both_reminded(role):
    MouRole.objects.update(lead_contact=a_person(address="lead@example.org"))
    assert swept(7) == 2
    assert set(Mail.objects.values_list("address", flat=True)) == {"drafter@example.org", "lead@example.org"}


@pytest.mark.parametrize("status", ["submitted", "accepted", "locked", "withdrawn"])
def test_who_has_submitted_is_not_reminded(role, status):
    MouRole.objects.update(
        status=status, signatory_name="x", signatory_title="x", signatory_email="x@example.org"
    )
    assert swept(7) == 0


def test_a_day_of_its_own_counts_before_that_of_the_memorandum(role):
    MouRole.objects.update(due_on=DUE + timedelta(days=30))
    assert swept(7) == 0


def test_the_mail_says_what_is_missing(role):
    swept(1)
    mail = Mail.objects.get()
    assert mail.mail_class == MailClass.REMINDER
    assert mail.subject == f"Reminder: the part for {role.organization}, due Mon, Oct 15, 2012"
    assert "Still missing: what you do; the name, title and e-mail of the leader who signs." in mail.text
    assert role.get_absolute_url() in mail.text


def test_a_sweep_asks_the_same_number_of_queries_for_many(role, django_assert_max_num_queries):
    for _number in range(10):
        a_part(role.mou, at=ASKED, drafter=a_person())
    with django_assert_max_num_queries(16):
        assert swept(7) == 11


def test_the_day_is_that_of_the_partnership(role):
    assert local_day(datetime(2012, 10, 16, 5, tzinfo=UTC)) == DUE


def test_the_board_puts_first_who_is_overdue(role):
    late = a_part(role.mou, due_on=date(2012, 9, 30))
    ready = a_part(role.mou)
    MouRole.objects.filter(pk=ready.pk).update(
        status="accepted", signatory_name="x", signatory_title="x", signatory_email="x@example.org"
    )
    lines = part_board.part_lines(role.mou, today=date(2012, 10, 1))
    assert [line.role for line in lines] == [late, role, ready]
    assert [(line.overdue, line.missing, line.signatory) for line in lines] == [
        (True, True, False),
        (False, True, False),
        (False, False, True),
    ]
    assert part_board.counts(lines) == {
        "missing": 2,
        "overdue": 1,
        "waiting": 0,
        "ready": 1,
        "signed": 0,
        "to_sign": 1,
        "asked_first": 0,
        "asked_again": 0,
        "all": 3,
    }
