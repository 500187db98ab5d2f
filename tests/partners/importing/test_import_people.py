"""What becomes of the rows of a table of people, and importing them."""

import pytest
from allauth.account.models import EmailAddress

from partners.importing.exceptions import ImportRefused
from partners.models import Organization, Person, PersonEmail, Position, User
from tests.factories import a_coordinator, a_person, a_position, a_user, an_organization
from tests.partners import tables
from tests.partners.people.test_sign_in import sign_in, whoever
from tests.partners.tables import answered, changes, imported, options, row, what

pytestmark = pytest.mark.django_db
HEADER = "first name,last name,e-mail,organization,job,title,from,until\n"
LEAD = "Science lead,Wareham,lead@example.org,Wareham Public Schools,coordinator,Lead,2020-08-31,\n"


@pytest.fixture
def wareham():
    return an_organization(name="Wareham Public Schools", city="Wareham", state_org_code="03100000")


@pytest.fixture(autouse=True)
def coordinator():
    return a_coordinator(first_name="Portal", last_name="Coordinator", address="coordinator@example.org")


@pytest.fixture
def looked_at(coordinator):
    return lambda content, **given: tables.looked_at(content, kind="people", by=coordinator, **given)


def everything():
    models = (Person, PersonEmail, Position, User, EmailAddress, Organization)
    models += (Person.history.model, Position.history.model)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_importing_adds_people_with_addresses_and_positions(wareham, looked_at):
    imported(looked_at(HEADER + LEAD))
    person = Person.objects.get(last_name="Wareham")
    address, position = person.emails.get(), person.positions.get()
    assert (address.address, address.primary, address.verified_at) == ("lead@example.org", True, None)
    assert (position.organization, position.job, position.title) == (wareham, "coordinator", "Lead")
    assert (str(position.started_on), position.ended_on, position.confirmed_at) == ("2020-08-31", None, None)
    assert (person.history.count(), position.history.count()) == (1, 1)


def test_an_imported_person_has_no_login_and_no_proved_address(looked_at):
    logins = User.objects.count()
    imported(looked_at("first name,last name,e-mail\nScience lead,Wareham,lead@example.org\n"))
    assert User.objects.count() == logins
    assert not PersonEmail.objects.filter(address="lead@example.org", verified_at__isnull=False).exists()


def test_a_code_to_the_imported_address_claims_the_person(looked_at, client):
    imported(looked_at("first name,last name,e-mail\nScience lead,Wareham,lead@example.org\n"))
    person = Person.objects.get(last_name="Wareham")
    sign_in(client, "Lead@example.org")
    assert (whoever(client).person, whoever(client).email) == (person, "lead@example.org")
    assert person.emails.get().verified_at is not None


def test_the_same_file_twice_changes_nothing(wareham, looked_at):
    content = HEADER + LEAD + "Clerk,Acushnet,,,,,,\nClerk,Rochester,,Wareham Public Schools,,,,\n"
    imported(looked_at(content))
    before = everything()
    again = looked_at(content)
    assert what(again) == ["same", "same", "same"]
    with pytest.raises(ImportRefused, match="nothing to import"):
        imported(again)
    assert everything() == before


@pytest.mark.parametrize("name", ["Wareham Public Schools", "wareham public schools, Wareham", "3100000"])
def test_the_organization_is_found_by_name_town_or_code(wareham, looked_at, name):
    imported(looked_at(f'full name,e-mail,organization\n"Wareham, Lead",lead@example.org,"{name}"\n'))
    assert Position.objects.get().organization == wareham


def test_a_person_is_found_by_any_address(looked_at):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org")
    PersonEmail.objects.create(person=person, address="other@example.org")
    content = "first name,last name,e-mail,certificate name\nSCIENCE,Léad,Other@Example.org,Dr. Lead\n"
    table = looked_at(content)
    assert changes(table) == [("Name for the certificate", "", "Dr. Lead")]


def test_an_address_under_another_name_is_for_the_coordinator(looked_at):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org")
    table = looked_at("first name,last name,e-mail\nMath,Lead,lead@example.org\n")
    assert (what(table), options(table)) == (["ask"], [[str(person.pk)]])


def test_who_proved_an_address_keeps_the_name_that_they_gave(looked_at):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org", verified=True)
    table = looked_at("first name,last name,e-mail\nMath,Lead,lead@example.org\n")
    table = answered(table, answers={"2": {"who": str(person.pk)}})
    assert (what(table), row(table)["notes"]) == (
        ["same"],
        ["They typed their own name, so it stays: Science."],
    )


def test_the_name_of_one_who_never_proved_anything_is_put_right(looked_at):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org", verified=False)
    table = looked_at("first name,last name,e-mail\nMath,Lead,lead@example.org\n")
    imported(answered(table, answers={"2": {"who": str(person.pk)}}))
    person.refresh_from_db()
    change = person.history.get(history_type="~")
    assert (person.first_name, change.history_change_reason) == ("Math", "Import of list.csv")


@pytest.mark.parametrize("address", ["", "new@example.org"])
def test_a_known_name_without_a_known_address_is_for_the_coordinator(looked_at, address):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org")
    table = looked_at(f"first name,last name,e-mail\nScience,Lead,{address}\n")
    assert (what(table), options(table)) == (["ask"], [[str(person.pk), "new"]])


@pytest.mark.parametrize("make", [a_user, a_person], ids=["with a login", "who proved an address"])
def test_no_file_adds_an_address_to_one_who_signs_in(looked_at, make):
    made = make(first_name="Science", last_name="Lead", address="lead@example.org")
    before = everything()
    table = looked_at(
        "first name,last name,e-mail,other e-mails\nScience,Lead,lead@example.org,x@example.com\n"
    )
    assert (what(table), everything(), bool(made)) == (["same"], before, True)
    assert row(table)["notes"] == ["They have a login, so only they can add an address: x@example.com."]


def test_one_who_never_signed_in_gets_another_address(looked_at):
    person = a_person(first_name="Science", last_name="Lead", address="lead@example.org", verified=False)
    content = "first name,last name,e-mail,other e-mails\nScience,Lead,lead@example.org,x@example.com\n"
    imported(looked_at(content))
    assert list(person.emails.values_list("address", "primary")) == [
        ("lead@example.org", True),
        ("x@example.com", False),
    ]


def test_addresses_of_two_people_in_one_row_are_an_error(looked_at):
    a_person(address="one@example.org")
    a_person(address="two@example.org")
    table = looked_at("first name,last name,e-mail,other e-mails\nA,B,one@example.org,two@example.org\n")
    assert what(table) == ["error"]
    assert row(table)["reasons"][0].startswith("The addresses and the key belong to different people: ")


def test_one_address_with_two_names_is_an_error_on_both_rows(looked_at):
    table = looked_at("first name,last name,e-mail\nA,B,x@example.org\nC,D,x@example.org\nE,F,\n")
    assert what(table) == ["error", "error", "create"]


def test_one_known_address_with_two_names_is_an_error_on_both_rows(looked_at):
    a_person(first_name="A", last_name="B", address="x@example.org")
    table = looked_at("first name,last name,e-mail\nA,B,x@example.org\nC,D,x@example.org\n")
    assert what(table) == ["error", "error"]


def test_one_person_in_two_rows_gets_two_positions(wareham, looked_at):
    an_organization(name="Sea Lab")
    table = looked_at(HEADER + LEAD + LEAD.replace("Wareham Public Schools", "Sea Lab"))
    assert what(table) == ["create", "change"]
    imported(table)
    assert (Person.objects.filter(last_name="Wareham").count(), Position.objects.count()) == (1, 2)


def test_an_organization_that_is_not_listed_is_for_the_coordinator(looked_at):
    content = "first name,last name,e-mail,organization\nA,B,x@example.org,Nowhere School\n"
    table = looked_at(content)
    assert (what(table), options(table)) == (["ask"], [["words"]])
    imported(answered(table, answers={"2": {"where": "words"}}))
    assert Position.objects.unlinked().get().organization_words == "Nowhere School"
    assert what(looked_at(content)) == ["same"]


def test_an_organization_that_may_be_two_is_for_the_coordinator(looked_at):
    two = [an_organization(name="Sea Lab", city=city) for city in ("Wareham", "Salem")]
    table = looked_at("first name,last name,e-mail,organization\nA,B,x@example.org,Sea Lab\n")
    assert options(table) == [[*(str(one.pk) for one in two), "words"]]
    imported(answered(table, answers={"2": {"where": str(two[1].pk)}}))
    assert Position.objects.get().organization == two[1]


def test_both_questions_are_asked_at_once(looked_at):
    person = a_person(first_name="A", last_name="B")
    table = looked_at("first name,last name,organization\nA,B,Nowhere School\n")
    assert options(table) == [[str(person.pk), "new"], ["words"]]


def test_a_position_changes_and_nothing_else_is_added(wareham, looked_at):
    person = a_person(first_name="Science lead", last_name="Wareham", address="lead@example.org")
    a_position(person, organization=wareham, job="teacher", title="Teacher")
    table = looked_at(HEADER + LEAD)
    assert changes(table) == [
        ("Job", "Teacher", "STE or mathematics coordinator"),
        ("Title", "Teacher", "Lead"),
        ("From", "", "2020-08-31"),
    ]
    imported(table)
    position = person.positions.get()
    assert (position.job, position.title, position.history.count()) == ("coordinator", "Lead", 2)


def test_a_position_at_another_time_is_another_one(wareham, looked_at):
    person = a_person(first_name="Science lead", last_name="Wareham", address="lead@example.org")
    a_position(person, organization=wareham, job="teacher", ended_on="2020-06-30")
    imported(looked_at(HEADER + LEAD))
    assert sorted(person.positions.values_list("job", flat=True)) == ["coordinator", "teacher"]


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ("full name", f'"{"W" * 101}, Lead"', "Column “full name”: We can't tell"),
        (
            "first name,last name,e-mail",
            f"A,B,{'a' * 250}@example.org",
            "Column “e-mail”: This is longer than",
        ),
        (
            "full name",
            "Wareham",
            "Column “full name”: We can't tell the first name from the last name in “Wareham”.",
        ),
        ("first name,last name", ",Wareham", "This row has no first and last name"),
        (
            "first name,last name,e-mail",
            "A,B,nonsense",
            "Column “e-mail”: “nonsense” isn't an e-mail address.",
        ),
        (
            "first name,last name,job",
            "A,B,Pilot",
            "Column “job”: “Pilot” has to be one of these: Superintendent, ",
        ),
        ("first name,last name,from", "A,B,31.8.2020", "Column “from”: “31.8.2020” isn't a date"),
        (
            "first name,last name,organization,from,until",
            "A,B,Wareham Public Schools,2020-08-31,6/30/2020",
            "A position can't end before it starts.",
        ),
    ],
)
def test_a_row_that_is_wrong_says_why(wareham, looked_at, header, line, reason):
    table = looked_at(f"{header}\n{line}\n")
    assert (what(table), row(table)["reasons"][0][: len(reason)]) == (["error"], reason)


def test_half_the_rows_wrong_is_refused_and_nothing_is_lost(looked_at):
    table = looked_at("first name,last name,e-mail\nA,B,a@example.org\nC,D,nonsense\n")
    before = everything()
    with pytest.raises(ImportRefused, match="Nothing was imported: 1 rows still need fixing"):
        imported(table)
    assert everything() == before


def test_a_placeholder_in_very_many_rows_is_said_shortly_of_each(looked_at):
    rows = "".join(f"Role {number},Town,none@example.org\n" for number in range(300))
    table = looked_at(f"first name,last name,e-mail\n{rows}")
    assert table.counts["error"] == 300
    assert max(len(reason) for decided in table.decided for reason in decided["reasons"]) < 200
    assert row(table, 301)["reasons"][0].startswith("Rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 301, … are")


def test_every_row_after_a_wrong_one_about_the_same_person_fails(looked_at):
    wrong = "Science lead,Wareham,lead@example.org,,coordinator\n"
    right = "Science lead,Wareham,lead@example.org,,\n"
    table = looked_at("first name,last name,e-mail,organization,job\n" + right + wrong + right * 3)
    assert what(table) == ["create", "ask", "error", "error", "error"]
