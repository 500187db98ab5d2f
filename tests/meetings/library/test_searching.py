"""Search of the library: one table of cases, the same answers in every database; facets; the order."""

from itertools import pairwise

import pytest
from django.urls import reverse

from meetings.library.domain import searching, trials
from meetings.library.domain.searching import Asked
from meetings.models import Resource
from meetings.models.library.resource import MOST_PLACES
from partners.models import Organization, Standard
from partners.people.domain import standards
from partners.people.forms.standards_field import StandardsField
from tests.factories import NOW, a_user, an_organization
from tests.meetings.library.rows import a_resource

pytestmark = pytest.mark.django_db
WAVES, ENERGY, NAMES, DESIGN, EVENT = "Waves", "Energy", "Names", "Design", "Meetings"
PRE = "Using robots in Pre-K"


@pytest.fixture
def shelf():
    a_resource(title=WAVES, summary="Ropes and strings.", standards=["6.MS-PS4-1"], grades=["6-8"])
    a_resource(title=ENERGY, summary="Heat, studied.", standards=["HS-PS3-2"], grades=["9-12"], kind="task")
    a_resource(
        title=NAMES,
        summary="By O’Brien and Núñez, for K-20 teams, after–school. A chart.",
        subjects=["mathematics"],
    )
    renamed = Standard.objects.get(code="7.MS-ETS1-2")
    renamed.code = "6.MS-ETS1-2(MA)"
    standards.save_standard(renamed)
    a_resource(title=DESIGN, standards=["6.MS-ETS1-2(MA)"], subjects=["science"], grades=["6-8"])
    a_resource(title=EVENT, description="How we plan meetings. *One* wave of energy.", kind="tool")
    a_resource(title="Waves, in review", state="review")
    pre = a_resource(title=PRE, summary="Test a hypothesis with 3D printers; e-mail us.")
    Resource.objects.filter(pk=pre.pk).update(organization=an_organization(name="St. Núñez-School 4-H"))


def found(words="", **asked):
    return [one.title for one in searching.search(Asked(words, **asked))]


CASES = [
    ("6.MS-ETS1-2(MA)", {DESIGN}),
    ("7.MS-ETS1-2", {DESIGN}),
    ("ms-ets1-2", {DESIGN}),
    ("ETS1", {DESIGN}),
    ("HS-PS3-2", {ENERGY}),
    ("PS3-2", {ENERGY}),
    ("ps4", {WAVES}),
    ("K-20", {NAMES}),
    ("20", {NAMES}),
    ("O'Brien", {NAMES}),
    ("obrien", {NAMES}),
    ("Núñez", {NAMES, PRE}),
    ("nunez", {NAMES, PRE}),
    ("meeti", {EVENT}),
    ("meeting", {EVENT}),
    ("meetings", {EVENT}),
    ("planning", {EVENT}),
    ("study", {ENERGY}),
    ("wave", {WAVES, EVENT}),
    ("energies", {ENERGY, EVENT}),
    ("wave energy", {EVENT}),
    ("rope", {WAVES}),
    ("the wave", {WAVES, EVENT}),
    ("ropes for waves", {WAVES}),
    ("pre-k", {PRE}),
    ("preK", {PRE}),
    ("Pre-K", {PRE}),
    ("email", {PRE}),
    ("e-mails", {PRE}),
    ("3D printing", {PRE}),
    ("3-D printer", {PRE}),
    ("hypotheses", {PRE}),
    ("hypothesis", {PRE}),
    ("use", {PRE}),
    ("using", {PRE}),
    ("hsps3-2", {ENERGY}),
    ("MSETS1-2", {DESIGN}),
    ("engineering", {DESIGN}),
    ("designs", {DESIGN}),
    ("prek engineers", set()),
    ("engineer", {DESIGN}),
    ("nunez-school", {PRE}),
    ("St. Núñez", {PRE}),
    ("4-H", {PRE}),
    ("4-H school", {PRE}),
    ("afterschools", {NAMES}),
    ("charter", set()),
    ("nunez school", {NAMES, PRE}),
    ("st nunez", {PRE}),
    ("trings", set()),
    ("ngineering", set()),
    ("S3-2", set()),
    ("%", set()),
    ("_", set()),
    ("\x00", {WAVES, ENERGY, NAMES, DESIGN, EVENT, PRE}),
]


@pytest.mark.parametrize(("words", "titles"), CASES)
def test_words_and_codes_find_the_same_everywhere(shelf, words, titles):
    assert set(found(words)) == titles


def test_what_is_tied_to_a_standard_that_another_replaced_is_found_by_the_new_code(client, shelf):
    old, new = Standard.objects.get(code="HS-PS3-2"), Standard.objects.get(code="HS-PS3-3")
    Standard.objects.filter(pk=old.pk).update(replaced_by=new)
    assert (found("HS-PS3-3"), found(standard="HS-PS3-3"), found(standard="HS-PS3-2")) == ([ENERGY],) * 3
    rows = client.get(reverse("library_standards")).context["rows"]
    assert dict(rows)[new] == 1
    assert old not in dict(rows)


def test_a_code_stands_for_all_that_it_replaced_and_that_replaced_it(client, shelf):
    first = Standard.objects.get(code="HS-PS3-2")
    row = [first, *Standard.objects.filter(code__startswith="HS-LS1-")[:4]]
    for one, newer in pairwise(row):
        Standard.objects.filter(pk=one.pk).update(replaced_by=newer)
    Standard.objects.filter(pk=row[-1].pk).update(strand="Newest")
    a_resource(title="New", standards=[row[-1].code])
    both = {ENERGY, "New"}
    for one in (first, row[-1]):
        assert (set(found(one.code)), set(found(standard=one.code))) == (both, both)
    assert set(found("newest")) == set(found(chosen={"strand": ["Newest"]})) == both
    assert searching.counted(Asked())["strand"]["Newest"] == 2
    assert "Energy" not in searching.counted(Asked())["strand"]
    assert dict(client.get(reverse("library_standards")).context["rows"])[row[-1]] == 2


def test_a_word_in_the_names_of_many_organizations_finds_what_each_shared(shelf):
    mine = Organization.objects.get(name="St. Núñez-School 4-H")
    for number in range(MOST_PLACES + 1):
        an_organization(name=f"Núñez {number}")
    assert set(found("nunez")) == {NAMES, PRE}
    Resource.objects.filter(title=PRE).update(organization=Organization.objects.exclude(pk=mine.pk).last())
    assert set(found("nunez")) == {NAMES, PRE}


def test_a_code_that_is_in_use_again_is_that_of_now(shelf):
    one = Standard.objects.get(code="HS-PS3-2")
    one.code = "HS-PS3-20"
    standards.save_standard(one)
    one.pk, one.code, one.former_codes, one._state.adding = None, "HS-PS3-2", "", True
    standards.save_standard(one)
    again = a_resource(title="Again", standards=["HS-PS3-2", "HS-PS3-20"])
    assert [str(row) for row in StandardsField().clean("HS-PS3-2")] == ["HS-PS3-2"]
    assert found(standard="HS-PS3-2") == [again.title]
    assert set(found(standard="HS-PS3-20")) == {again.title, ENERGY}


def test_a_first_search_goes_by_best_match(client, shelf):
    page = client.get(reverse("library")).content.decode()
    assert page.index('<option value="">') < page.index('<option value="newest"')


def test_a_word_in_the_title_comes_before_one_in_the_text(shelf):
    assert (found("wave"), found("energy")) == ([WAVES, EVENT], [ENERGY, EVENT])


def test_what_was_tried_most_comes_first_without_words(shelf):
    one = Resource.objects.get(title=NAMES)
    told = {"on": NOW.date(), "band": "", "text": "It worked.", "by": a_user().person, "at": NOW}
    trials.add_trial(one, organization=an_organization(), **told)
    assert found()[0] == NAMES


def test_one_facet_widens_and_two_narrow(shelf):
    assert set(found(chosen={"grade": ["6-8", "9-12"]})) == {WAVES, ENERGY, DESIGN}
    assert set(found(chosen={"grade": ["6-8"], "subject": ["science"]})) == {DESIGN}
    assert set(found(chosen={"strand": ["Waves"]})) == {WAVES}
    assert set(found(standard="hs-ps3-2")) == {ENERGY}


def test_a_facet_counts_what_one_more_choice_would_bring(shelf):
    counted = searching.counted(Asked(chosen={"grade": ["6-8"]}))
    assert counted == {
        "grade": {"6-8": 2, "9-12": 1},
        "subject": {"science": 1},
        "strand": {"Waves": 1, "Engineering design": 1},
        "kind": {"lesson": 2},
    }


def test_nothing_that_an_address_holds_breaks_the_list(client, shelf):
    typed = {"q": "'\"%_\\ \x00 " + "x" * 5000, "grade": ["no", ""] * 50, "sort": "?", "page": "1"}
    assert client.get(reverse("library"), typed).status_code == 200


def test_the_list_asks_the_same_for_one_and_for_thirty(client, django_assert_max_num_queries):
    page = reverse("library")
    given = {"grades": ["6-8"], "subjects": ["science"], "standards": ["HS-PS3-2"]}
    a_resource(**given)
    client.get(page)
    with django_assert_max_num_queries(20) as one:
        client.get(page)
    for _each in range(29):
        a_resource(**given)
    with django_assert_max_num_queries(len(one)) as many:
        client.get(page)
    assert len(many) == len(one)
