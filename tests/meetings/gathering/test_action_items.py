"""Action items: given, told, closed once, and returning until they are done."""

from datetime import date, timedelta

import pytest

from meetings.gathering.domain import action_items
from meetings.gathering.domain.belonging import Source
from meetings.gathering.domain.item_reminders import sweep_action_items
from meetings.gathering.exceptions import ActionItemRefused, ItemClosed
from meetings.models import ActionItem
from partners.merging.domain.merging import merge_people
from partners.models import PersonEmail
from stemnet.models import Mail
from tests import factories
from tests.meetings.gathering.rows import AT, DUE, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    factories.a_partnership()
    return factories.a_network().meetings.get()


def mailed():
    return [(mail.address, mail.subject) for mail in Mail.objects.order_by("pk")]


def days_of(item):
    return [one.reason for one in item.changes.all()]


def test_whoever_gets_an_item_is_mailed_once(meeting):
    owner = factories.a_person(address="lead@example.org")
    an_item(meeting, owner=owner)
    assert mailed() == [("lead@example.org", "Action item: Try the task in two classes")]


def test_nobody_is_mailed_about_what_they_gave_to_themselves(meeting):
    staff = factories.a_staff_member()
    an_item(meeting, owner=staff, by=staff)
    assert mailed() == []


def test_an_organization_is_mailed_through_its_contacts(meeting):
    organization = factories.an_organization()
    contact = factories.a_contact(organization)
    item = an_item(meeting, owner=organization)
    assert mailed() == [(contact.primary_address, "Action item: Try the task in two classes")]
    assert list(ActionItem.objects.owned_by(contact)) == [item]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "Say what should be done."),
        (
            {"due_on": date(2020, 10, 13)},
            "The meeting is on Wed, Oct 14, 2020, so this can't be due before that. Choose a later date.",
        ),
    ],
)
def test_an_item_that_makes_no_sense_is_refused_in_a_sentence(meeting, fields, sentence):
    with pytest.raises(ActionItemRefused) as refused:
        an_item(meeting, **fields)
    assert (str(refused.value), ActionItem.objects.count(), Mail.objects.count()) == (sentence, 0, 0)


def test_a_day_that_is_past_is_refused_where_no_meeting_says_otherwise():
    factories.a_partnership()
    with pytest.raises(ActionItemRefused, match="This date is past"):
        an_item(None, due_on=AT.date() - timedelta(days=1))


def test_an_owner_without_an_address_is_refused(meeting):
    owner = factories.a_person(first_name="Chair", last_name="Bourne")
    PersonEmail.objects.filter(person=owner).delete()
    with pytest.raises(ActionItemRefused, match="no e-mail address for Chair Bourne"):
        an_item(meeting, owner=owner)


def test_a_partner_without_a_contact_is_refused(meeting):
    with pytest.raises(ActionItemRefused, match="Nobody with an e-mail address is listed for Sea Lab"):
        an_item(meeting, owner=factories.an_organization(name="Sea Lab"))


def test_what_is_given_to_somebody_who_was_merged_goes_to_who_stayed(meeting):
    kept, gone = factories.a_person(), factories.a_person()
    merge_people(kept=kept, gone=gone, take=set(), by=factories.a_coordinator(), at=AT)
    gone.refresh_from_db()
    assert an_item(meeting, owner=gone).person == kept


def test_items_follow_a_merge_and_come_back_with_it(meeting):
    kept, gone = factories.a_person(), factories.a_person()
    item = an_item(meeting, owner=gone)
    merge_people(kept=kept, gone=gone, take=set(), by=factories.a_coordinator(), at=AT)
    item.refresh_from_db()
    assert item.person == kept


def test_done_is_said_once_and_the_second_hears_who_was_first(meeting):
    item = an_item(meeting)
    first = factories.a_person(first_name="Chair", last_name="Bourne")
    action_items.close(item, by=first, at=AT)
    with pytest.raises(ItemClosed) as refused:
        action_items.close(item, by=item.person, at=AT)
    assert str(refused.value) == "This is already done. Chair Bourne said so on Wed, Oct 14, 2020."
    assert [one.to_status for one in item.changes.all()] == ["open", "done"]


def test_what_was_dropped_is_not_closed(meeting):
    item = an_item(meeting)
    staff = factories.a_person(first_name="Chair", last_name="Bourne")
    action_items.close(item, to="dropped", reason="Not needed", by=staff, at=AT)
    with pytest.raises(ItemClosed, match="Chair Bourne dropped this on Wed, Oct 14, 2020"):
        action_items.close(item, by=item.person, at=AT)


def test_an_item_opened_again_is_open_and_its_history_says_so(meeting):
    item = an_item(meeting)
    action_items.close(item, by=item.person, at=AT)
    action_items.reopen(item, by=item.person, at=AT)
    action_items.reopen(item, by=item.person, at=AT)
    item.refresh_from_db()
    assert (item.state, item.closed_at) == ("open", None)
    assert [one.to_status for one in item.changes.all()] == ["open", "done", "open"]


def test_a_new_owner_is_told_and_a_new_day_alone_tells_nobody(meeting):
    item, by = an_item(meeting), factories.a_staff_member()
    Mail.objects.all().delete()
    same = {"text": item.text, "by": by, "at": AT}
    action_items.change_item(item, **same, owner=item.person, due_on=DUE + timedelta(days=7))
    assert mailed() == []
    other = factories.a_person()
    action_items.change_item(item, **same, owner=other, due_on=DUE)
    assert mailed() == [(other.primary_address, "Action item: Try the task in two classes")]


def morning(day):
    return AT.replace(year=day.year, month=day.month, day=day.day, hour=15)


def test_an_owner_is_reminded_before_and_after_and_then_left_to_staff(meeting):
    item = an_item(meeting)
    Mail.objects.all().delete()
    sent = []
    for step in range(-10, 60):
        day = DUE + timedelta(days=step)
        before = Mail.objects.count()
        sweep_action_items(at=morning(day))
        sweep_action_items(at=morning(day) + timedelta(hours=1))
        sent += [step] * (Mail.objects.count() - before)
    assert sent == [-7, -1, 1, 8, 15, 22]
    assert {subject for _address, subject in mailed()} == {f"Reminder: {item}", f"Overdue: {item}"}


def test_nobody_is_reminded_at_night_or_of_what_is_done(meeting):
    done, item = an_item(meeting), an_item(meeting)
    action_items.close(done, by=done.person, at=AT)
    Mail.objects.all().delete()
    day = DUE - timedelta(days=1)
    assert sweep_action_items(at=morning(day).replace(hour=6)) == 0
    assert sweep_action_items(at=morning(day)) == 1
    assert [address for address, _subject in mailed()] == [item.person.primary_address]


def test_one_mail_says_all_that_somebody_has_to_do(meeting):
    owner = factories.a_person()
    an_item(meeting, owner=owner)
    an_item(meeting, owner=owner, text="Send the planning sheet")
    Mail.objects.all().delete()
    sweep_action_items(at=morning(DUE - timedelta(days=7)))
    assert [subject for _address, subject in mailed()] == ["Reminder: 2 action items"]


def test_a_clock_that_stood_still_reminds_of_the_latest_day_only(meeting):
    an_item(meeting)
    Mail.objects.all().delete()
    assert sweep_action_items(at=morning(DUE + timedelta(days=40))) == 0
    assert sweep_action_items(at=morning(DUE + timedelta(days=10))) == 1


def test_the_source_of_an_item_of_a_meeting_is_also_its_network(meeting):
    item = an_item(meeting)
    assert (item.network, item.working_group, item.meeting) == (meeting.network, None, meeting)
    assert str(Source.of(meeting)) == "Meeting 1"
