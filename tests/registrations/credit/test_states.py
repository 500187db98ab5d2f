"""The rules of states (docs/rules.md 2.4): what hours become, and what a document wants."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse

from meetings.planning.domain import moving
from partners.models import Provider
from registrations.attendance.domain import attendance
from registrations.credit.domain import awarding, issuing, versions
from registrations.credit.domain.credit_words import rule_sentence, statement_words, total_words
from registrations.credit.domain.credits import Rule, Session, count_meeting
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.domain.rules import as_rule, rule_of
from registrations.credit.domain.summing import total
from registrations.credit.exceptions import IssuingRefused
from registrations.models import CreditRule, Registration
from tests.factories import SWEEP, a_coordinator, an_attendance
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 1, 12, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def newest(code: str) -> CreditRule:
    return CreditRule.objects.filter(code=code).order_by("version").last()


def units(code: str, *attended: int, of: int = 240) -> Decimal:
    """The units of meetings of so many minutes, at which somebody was so long from the beginning."""
    rule = as_rule(newest(code))
    session = Session(window=(NINE, NINE + of * MINUTE))
    return total(
        [count_meeting(session, [(NINE, NINE + minutes * MINUTE)], rule) for minutes in attended], rule
    ).units


@pytest.mark.parametrize(
    ("code", "attended", "found"),
    [
        ("WA-CLOCK", [225], "3.5"),  # Puget Sound ESD: 3:45 gives 3.5
        ("WA-CLOCK", [225, 225], "7.5"),  # the total is cut, not each meeting
        ("WA-CLOCK", [60], "1"),  # part of a meeting counts, as a registrant may claim fewer hours
        ("WA-CLOCK", [29], "0"),
        ("IL-CLOCK", [52], "0.75"),
        ("IL-CLOCK", [53], "1"),  # 52.5 and more is nearer to an hour
        ("IL-CLOCK", [7], "0"),
        ("IL-CLOCK", [8], "0.25"),
        ("CEU", [345 // 2, 345 - 345 // 2], "0.6"),  # 5 hours 45 minutes
        ("CEU", [30], "0"),  # of four hours, 30 minutes are less than half
        ("NY-CTLE", [119], "1"),  # hours of 60 full minutes
        ("NY-CTLE", [119, 1], "2"),
        ("TX-CPE", [225], "3.5"),
        ("OR-PDU", [225], "3.5"),
    ],
)
def test_what_hours_become_in_a_state(code, attended, found):
    assert units(code, *attended) == Decimal(found)


def test_thirty_minutes_are_a_tenth_of_a_ceu_and_less_is_none():
    assert [units("CEU", each, of=each) for each in (29, 30)] == [0, Decimal("0.1")]


def test_rounding_a_meeting_up_reaches_no_minimum():
    rule = Rule(session_rounding="nearest", session_grace_min=0)
    session = Session(window=(NINE, NINE + 180 * MINUTE))
    seen = count_meeting(session, [(NINE, NINE + 173 * MINUTE)], rule)
    last = replace(seen, minutes_counted=Fraction(75), minutes_rounded_up=Fraction(0))
    summed = total([seen] * 3 + [last], rule)
    assert (summed.minutes_counted, summed.sure_minutes) == (615, 594)
    assert (summed.below_minimum, summed.units) == (True, 0)
    assert total_words(summed) == "9.9 of 10 hours, no PDPs yet"


def test_rounding_adds_nothing_to_a_meeting_that_counts_nothing():
    rule = Rule(session_rounding="nearest")
    beside = Session(window=(NINE, NINE + 180 * MINUTE), group=1, same_topic=False)
    seen = count_meeting(beside, [(NINE, NINE + 99 * MINUTE)], rule)
    assert (seen.minutes_other_topic, seen.minutes_rounded_up, seen.minutes_sure) == (105, 0, 0)


def test_presenting_has_a_cap_of_its_own_beside_the_hours_of_a_participant():
    rule = Rule(presenter_multiplier=Decimal(2), presenter_cap=Decimal(4))
    session = Session(window=(NINE, NINE + 180 * MINUTE))
    took_part = count_meeting(session, [session.window], rule)
    presented = count_meeting(session, [session.window], rule, presenting=True)
    summed = total([took_part, took_part, took_part, presented], rule)
    assert (summed.units, summed.minutes_presented, summed.presenting_is_capped) == (13, 180, True)


def test_oregon_says_that_reporting_is_suspended():
    words = statement_words(as_rule(newest("OR-PDU")))
    assert "Oregon has suspended the reporting of PDUs since March 1, 2024" in words


def test_a_ceu_starts_at_half_an_hour():
    assert rule_sentence(as_rule(newest("CEU"))) == (
        "10 hours of attendance are one CEU, and CEUs start at 0.5 hours. Breaks don't count."
    )


def under(code: str, **fields):
    """A network of two meetings that keeps the newest version of a rule."""
    category = "content" if code == "NY-CTLE" else ""
    network = an_awarding_network(credit_code=code, **{"pdp_category": category, **fields})
    network.meetings.filter(on__gte=date(2021, 1, 1)).delete()
    network.meetings.update(modality="in_person", venue="Kent Meridian Library")
    versions.keep(network, newest(code), at=JUNE)
    return network


def test_new_york_wants_the_place_of_each_meeting_and_says_it():
    network = under("NY-CTLE")
    network.meetings.filter(title="Meeting 1").update(venue="")
    registration = a_participant(network, attended=2)
    with pytest.raises(IssuingRefused) as refused:
        issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert "the place of “Meeting 1” on Wed, Oct 14, 2020" in str(refused.value)
    network.meetings.update(venue="Town Hall")
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert [row["place"] for row in document.snapshot["meetings"]] == ["Town Hall", "Town Hall"]


def test_a_category_of_another_rule_will_not_do():
    network = under("NY-CTLE", pdp_category="elective")
    assert "the category" in awarding.lacking(network, newest("NY-CTLE"))
    network.meetings.update(category="stem")
    assert any(
        "a category of the rule for “Meeting 1”" in one
        for one in awarding.lacking(network, newest("NY-CTLE"))
    )


def test_texas_wants_no_category():
    network = under("TX-CPE")
    assert awarding.lacking(network, newest("TX-CPE")) == []


def test_no_award_for_meetings_outside_the_approval():
    network = under("WA-CLOCK")
    registration = a_participant(network, attended=2)
    approval = Provider.objects.filter(pk=network.provider_id)
    approval.update(valid_from=date(2020, 10, 1), valid_to=date(2020, 11, 30))
    registration = Registration.objects.get(pk=registration.pk)
    with pytest.raises(IssuingRefused) as refused:
        issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert (
        "the provider's approval for “Meeting 2” on Tue, Dec 8, 2020 (it is valid from Thu, Oct 1, 2020 to "
        "Mon, Nov 30, 2020)" in str(refused.value)
    )
    approval.update(valid_to=date(2021, 9, 30))
    registration = Registration.objects.get(pk=registration.pk)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    approval.update(valid_to=date(2020, 10, 31))
    document.refresh_from_db()
    assert (document.status, document.to_be_reviewed_at) == ("valid", None)


def test_planning_says_what_lies_outside_the_approval(client):
    network = under("WA-CLOCK")
    Provider.objects.filter(pk=network.provider_id).update(valid_to=date(2020, 11, 30))
    client.force_login(a_coordinator().user)
    page = client.get(reverse("network_edit", args=[network.slug])).content.decode()
    assert "the provider&#x27;s approval for “Meeting 2” on Tue, Dec 8, 2020" in page


def total_of(registration):
    return readiness_of_person(registration.network, registration.person, at=JUNE).total


def with_breaks(network):
    for meeting in network.meetings.all():
        meeting.breaks.create(start_time=meeting.start_time.replace(hour=10), minutes=15)


def test_the_network_chooses_whether_breaks_count_also_after_documents(client):
    network = under("WA-CLOCK")
    with_breaks(network)
    assert not rule_of(network, newest("WA-CLOCK")).count_breaks
    registration = a_participant(network, attended=0)
    for meeting in network.meetings.all():
        attendance.mark_attendance(
            registration=registration, meeting=meeting, seen="present", by=SWEEP, at=JUNE
        )
    document = issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)
    assert total_of(registration).minutes_counted == 330
    client.force_login(a_coordinator().user)
    with time_machine.travel(JUNE, tick=False):
        address = reverse("network_edit", args=[network.slug])
        sent = as_shown(client.get(address).context["page"], breaks_count="True")
        assert client.post(address, sent).status_code == 302
    network.refresh_from_db()
    document.refresh_from_db()
    assert (network.breaks_count, total_of(registration).minutes_counted) == (True, 360)
    assert document.review_reason.startswith("Whether breaks count was changed, so the total is 360 minutes")


@pytest.mark.parametrize(("code", "hidden"), [("WA-CLOCK", False), ("CEU", True), ("MA-PDP", True)])
def test_breaks_are_asked_for_where_the_rule_leaves_them_to_the_provider(client, code, hidden):
    network = under(code) if code != "MA-PDP" else an_awarding_network()
    client.force_login(a_coordinator().user)
    page = client.get(reverse("network_edit", args=[network.slug])).context["page"]
    assert page.network["breaks_count"].is_hidden == hidden


class TestSeveralCategoriesInOneMeeting:
    def typed(self, client, network, words):
        client.force_login(a_coordinator().user)
        address = reverse("network_edit", args=[network.slug])
        sent = as_shown(client.get(address).context["page"], **{"meetings-0-category_minutes": words})
        return client.post(address, sent)

    def test_they_are_typed_with_their_minutes(self, client):
        network = under("WA-CLOCK")
        assert self.typed(client, network, "STEM 120, equity: 60 min").status_code == 302
        first = network.meetings.first()
        assert first.category_minutes == [["stem", 120], ["equity", 60]]
        page = client.get(reverse("network_edit", args=[network.slug])).context["page"]
        assert page.meetings.forms[0]["category_minutes"].value() == "STEM 120, Equity 60"

    def test_they_are_on_the_page_also_where_people_are_registered(self, client):
        network = under("WA-CLOCK")
        network.meetings.update(category_minutes=[["stem", 120], ["equity", 60]])
        a_participant(network, attended=1)
        client.force_login(a_coordinator().user)
        page = client.get(reverse("network_edit", args=[network.slug])).content.decode()
        assert page.count('value="STEM 120, Equity 60"') == 2

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ("STEM 120, Equity 30", "add up to 150, and the meeting lasts 180 minutes"),
            ("STEM", "Type a category and its minutes, like STEM 120, not “STEM”."),
            ("Music 180", "“Music” isn&#x27;t a category of the rule: STEM, Equity"),
            ("STEM 90, STEM 90", "Name each category once"),
            ("STEM 180, Equity 0", "add up to 180, and the meeting lasts 180"),
        ],
    )
    def test_what_does_not_add_up_is_said_and_kept(self, client, words, sentence):
        network = under("WA-CLOCK")
        answer = self.typed(client, network, words)
        page = answer.content.decode()
        assert sentence in page and words in page
        assert network.meetings.first().category_minutes == []

    def test_who_is_there_for_a_part_gets_a_part_of_each(self):
        network = under("WA-CLOCK")
        meeting = network.meetings.first()
        network.meetings.filter(pk=meeting.pk).update(category_minutes=[["stem", 120], ["equity", 60]])
        registration = a_participant(network, attended=0)
        an_attendance(registration, meeting, minutes_attended=100, minutes_counted=100, reason="rounded")
        counted = total_of(registration).minutes_by_category
        assert counted == {"stem": 67, "equity": 33}
        document = issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)
        assert document.snapshot["meetings"][0]["categories"] == "STEM 67, Equity 33 minutes"
        assert document.snapshot["categories"] == "STEM: 1.11 hours; Equity: 0.55 hours"

    def test_they_follow_the_length_of_the_meeting(self):
        network = under("WA-CLOCK")
        meeting = network.meetings.first()
        network.meetings.filter(pk=meeting.pk).update(category_minutes=[["stem", 120], ["equity", 60]])
        meeting.refresh_from_db()
        wanted = moving.rescheduled(end_time=meeting.end_time.replace(hour=11))
        moving.change_meetings([meeting], wanted, by=SWEEP, at=JUNE, reason="shorter")
        meeting.refresh_from_db()
        assert meeting.category_minutes == [["stem", 80], ["equity", 40]]


def test_a_new_network_begins_with_what_the_rule_wants_of_a_product(client):
    CreditRule.objects.filter(code="MA-PDP").update(wants_product=True)
    client.force_login(a_coordinator().user)
    page = client.get(reverse("network_new")).context["page"]
    assert page.network["requires_demonstration"].value() is True
