"""Co-hosts are found as organizations are on the registration form."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from meetings.planning.forms.co_hosts import OrganizationsField
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Massachusetts Science Education Leadership Association"


@pytest.fixture
def msela():
    organization = factories.an_organization(name=NAME)
    organization.aliases.create(name="MSELA")
    return organization


def cleaned(**sent):
    data = QueryDict(mutable=True)
    data.update(sent)
    field = OrganizationsField(required=False)
    return field.clean(field.widget.value_from_datadict(data, {}, "co_hosts"))


@pytest.mark.parametrize(
    "words",
    [
        NAME,
        "MSELA",
        "msela",
        f"{NAME} (MSELA)",
        "Massachusetts Science Education Leaders Association (MSELA)",
    ],
)
def test_a_co_host_is_found_by_any_of_its_names(msela, words):
    assert cleaned(co_hosts=words) == [msela]


def test_each_box_and_each_line_is_one(msela):
    other = factories.an_organization(name="Wareham Public Schools")
    assert cleaned(co_hosts="MSELA", co_hosts_1="Wareham Public Schools") == [msela, other]
    assert cleaned(co_hosts="MSELA\r\nWareham Public Schools") == [msela, other]


def test_a_short_name_of_something_else_is_not_taken(msela):
    with pytest.raises(ValidationError, match="We don't have an organization"):
        cleaned(co_hosts="Marine Survey Laboratory (MSELA)")


def test_several_that_may_be_meant_are_offered_and_one_is_chosen():
    first, _other = (factories.an_organization(name=f"Fall River {kind} Schools") for kind in ("A", "B"))
    with pytest.raises(ValidationError, match="Choose which organization “Fall River” is"):
        cleaned(co_hosts="Fall River")
    assert cleaned(co_hosts="Fall River", co_hosts_choice=first.slug) == [first]


def test_the_boxes_offer_choices_but_no_words_of_their_own(msela, client):
    drawn = OrganizationsField(required=False).widget.render(
        "co_hosts", [("Science", "")], {"id": "id_co_hosts"}
    )
    assert drawn.count('type="text"') == 3
    assert "Which one is it?" in drawn
    assert "Not listed" not in drawn
    found = client.get("/organizations/search/", {"of": "co_hosts", "co_hosts": "nobody", "listed": "1"})
    assert "add it to the directory first" in found.content.decode()
