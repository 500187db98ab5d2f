"""A version that others go by is never changed: other values are the next, and are tried first."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.credit.domain import issuing, versions
from registrations.models import Attendance, CreditRule, Document
from tests.factories import NOW, SWEEP, a_coordinator
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
LATER = "2100-01-01"


@pytest.fixture
def rule():
    return CreditRule.objects.get(code="MA-PDP")


@pytest.fixture
def page(client, rule):
    client.force_login(a_coordinator().user)
    return reverse("admin:registrations_creditrule_change", args=[rule.pk])


def typed(client, page, **changes):
    """What the form of a version sends back, with some of it changed."""
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in sent.items() if value is not None and value is not False}
    return {**kept, **changes}


def test_other_values_become_the_next_version(client, page, rule):
    answer = client.post(page, typed(client, page, minimum="12", effective_from=LATER))
    assert answer.status_code == 302
    following = CreditRule.objects.get(code="MA-PDP", version=2)
    rule.refresh_from_db()
    assert (rule.minimum, following.minimum, following.effective_from) == (10, 12, date(2100, 1, 1))
    assert following.categories == rule.categories


def test_they_need_a_day_that_is_still_to_come(client, page):
    answer = client.post(page, typed(client, page, minimum="12"))
    sentence = "These values become version 2, and version 1 stays as it is."
    assert sentence in answer.content.decode()
    assert not CreditRule.objects.filter(code="MA-PDP", version=2).exists()


def test_the_last_day_and_the_source_are_written_into_the_version_itself(client, page, rule):
    client.post(page, typed(client, page, source="603 CMR 44.06, looked up again", effective_to="2099-08-31"))
    rule.refresh_from_db()
    assert (rule.source, rule.effective_to) == ("603 CMR 44.06, looked up again", date(2099, 8, 31))
    assert CreditRule.objects.filter(code="MA-PDP").count() == 1


@pytest.mark.parametrize("by", ["network", "document"])
def test_a_version_to_come_is_fixed_once_somebody_goes_by_it(rule, by):
    CreditRule.objects.filter(pk=rule.pk).update(effective_from=date(2100, 1, 1))
    rule.refresh_from_db()
    assert not versions.is_fixed(rule, today=NOW.date())
    network = an_awarding_network()
    versions.keep(network, rule, at=NOW)
    if by == "document":
        issuing.issue(registration=a_participant(network), kind="pdp", by=SWEEP, at=JUNE)
        network.kept_rule.delete()
    assert versions.is_fixed(rule, today=NOW.date())


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("stem STEM", "Type each category like stem: STEM, with a code of small letters, not “stem STEM”."),
        ("stem: STEM\nstem: Science", "Each category needs a code of its own."),
    ],
)
def test_categories_are_lines_of_a_code_and_a_label(client, page, lines, sentence):
    answer = client.post(page, typed(client, page, categories=lines, effective_from=LATER))
    assert sentence in answer.content.decode()
    client.post(page, typed(client, page, categories="stem: STEM", effective_from=LATER))
    assert CreditRule.objects.get(code="MA-PDP", version=2).categories == [["stem", "STEM"]]


def tables():
    return [list(model.objects.order_by("pk").values()) for model in (CreditRule, Attendance, Document)]


def test_a_trial_lists_who_gains_and_who_loses_and_writes_nothing(client, page):
    network = an_awarding_network()
    a_participant(network, attended=4)
    a_participant(network, attended=3)
    before = tables()
    sent = typed(client, page, minimum="13", multiplier="2", _try="1", tried_on=str(network.pk))
    answer = client.post(page, sent)
    words = answer.content.decode()
    assert f"In {network}, 0 would gain and 1 would lose." in words
    assert "12 hours, 12 PDPs" in words and "12 of 13 hours, no PDPs yet" in words
    assert answer.context["adminform"].form["minimum"].value() == "13"
    assert tables() == before


def test_a_trial_wants_a_network_and_values_that_can_be(client, page):
    assert "Choose a network." in client.post(page, typed(client, page, _try="1")).content.decode()
    network = an_awarding_network()
    answer = client.post(page, typed(client, page, minimum="much", _try="1", tried_on=str(network.pk)))
    assert answer.context["adminform"].form.errors["minimum"]
    assert "effects" not in answer.context


def test_a_rule_that_is_new_can_be_tried_before_it_is_added(client, page):
    network = an_awarding_network()
    a_participant(network, attended=1)
    add = reverse("admin:registrations_creditrule_add")
    sent = typed(client, page, minimum="1", _try="1", tried_on=str(network.pk))
    answer = client.post(add, {**sent, "code": "NEW", "version": "1"})
    assert f"In {network}, 1 would gain and 0 would lose." in answer.content.decode()
    assert not CreditRule.objects.filter(code="NEW").exists()


def test_a_trial_asks_as_much_for_thirty_people_as_for_one(client, page):
    def statements(people):
        network = an_awarding_network(title=f"Network {people}")
        for _each in range(people):
            a_participant(network, attended=4)
        sent = typed(client, page, minimum="13", _try="1", tried_on=str(network.pk))
        with CaptureQueriesContext(connection) as asked:
            client.post(page, sent)
        return len(asked)

    assert statements(30) == statements(1)


@pytest.mark.parametrize(
    ("field", "typed_wrong"),
    [
        ("minutes_per_unit", "0"),
        ("multiplier", "0"),
        ("total_increment", "-0.5"),
        ("minimum", "-1"),
        ("cap", "-1"),
        ("presenter_multiplier", "-1"),
        ("presenter_cap", "-1"),
        ("session_min_percent_for_any_credit", "101"),
        ("retention_years", "0"),
        ("effective_to", "2099-12-31"),
    ],
)
@pytest.mark.parametrize("press", ["_save", "_try"])
def test_amounts_that_no_rule_can_have_are_refused_at_their_field(client, page, field, typed_wrong, press):
    tried = {press: "1", "tried_on": an_awarding_network().pk}
    answer = client.post(page, typed(client, page, effective_from=LATER, **tried, **{field: typed_wrong}))
    assert answer.context["adminform"].form.errors.keys() == {field}
    assert CreditRule.objects.filter(code="MA-PDP").count() == 1
