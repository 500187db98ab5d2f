"""Staff with a task in the admin: they enter, see what belongs to it and nothing else."""

import pytest
from django.urls import reverse

from meetings.models import Appointment, Meeting, Network
from partners.models import STAFF, TASK, MouRole, Organization, Person, PersonEmail, User
from partners.people.domain import appointing
from registrations.models import Registration
from stemnet.admin_site import TASKS
from tests.factories import a_coordinator, a_network, a_part, a_person, a_registration, a_staff_member, a_user

pytestmark = pytest.mark.django_db
COUNTS = {
    f"{prefix}-{name}": "0"
    for prefix in ("emails", "positions", "educator_numbers")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def staff_with(*tasks):
    person = a_staff_member()
    appointing.set_groups(person.user, groups=[STAFF, *(f"{TASK}{one}" for one in tasks)], among=[STAFF])
    return person.user


def opens(client, model) -> bool:
    return client.get(address(model)).status_code == 200


def test_staff_without_a_task_do_not_enter(client):
    client.force_login(a_staff_member().user)
    assert client.get(reverse("admin:index")).status_code in (302, 403)


def test_a_task_without_being_staff_opens_nothing(client):
    user = a_user()
    appointing.set_groups(user, groups=[f"{TASK}people"], among=[])
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code in (302, 403)


def test_staff_see_the_lists_of_their_task_and_no_other(client):
    a_network()
    client.force_login(staff_with("networks"))
    assert [opens(client, model) for model in (Network, Meeting)] == [True, True]
    closed = (Registration, Organization, MouRole, User, Appointment)
    assert [client.get(address(model)).status_code for model in closed] == [403] * len(closed)
    page = client.get(reverse("admin:index"))
    assert [card.task.key for card in page.context["cards"]] == ["networks"]


def test_staff_open_every_list_and_form_of_their_task(client):
    part, registration = a_part(), a_registration(a_network())
    client.force_login(staff_with("memorandum", "people"))
    for row in (part, registration):
        assert client.get(address(type(row), "change", row.pk)).status_code == 200


def test_staff_change_what_belongs_to_their_task(client):
    person = a_person(first_name="Jon")
    client.force_login(staff_with("people"))
    sent = {"first_name": "John", "last_name": "Smith", "language": "en", "primary": "", **COUNTS}
    assert client.post(address(Person, "change", person.pk), sent).status_code == 302
    person.refresh_from_db()
    assert str(person) == "John Smith"


def test_what_gives_rights_stays_with_coordinators(client):
    network = a_network()
    client.force_login(staff_with(*(task.key for task in TASKS)))
    assert client.get(address(User)).status_code == 403
    assert client.get(address(Appointment)).status_code == 403
    form = client.get(address(Network, "change", network.pk))
    assert "appointments" not in [one.formset.prefix for one in form.context["inline_admin_formsets"]]


@pytest.mark.parametrize("who", ["coordinator", "staff", "appointed"])
def test_nobody_takes_the_login_of_somebody_who_works_for_the_partnership(client, who):
    if who == "appointed":
        other = a_user().person
        Appointment.objects.create(network=a_network(), person=other, role="coordinator")
    else:
        other = a_coordinator() if who == "coordinator" else a_staff_member()
    client.force_login(staff_with("people"))
    row = {"emails-0-id": "", "emails-0-person": other.pk, "emails-0-address": "mine@example.org"}
    sent = {"first_name": "A", "last_name": "B", "language": "en", "primary": ""}
    sent |= {**COUNTS, "emails-TOTAL_FORMS": "1", **row}
    assert client.post(address(Person, "change", other.pk), sent).status_code == 403
    assert not PersonEmail.objects.filter(address="mine@example.org").exists()


def test_a_coordinator_gives_a_task_and_takes_it(client):
    person = a_staff_member()
    client.force_login(a_coordinator().user)
    change = address(User, "change", person.user.pk)
    client.post(change, {"is_active": "on", "roles": [STAFF, f"{TASK}people"]})
    assert Person.objects.get(pk=person.pk).tasks == {"people"}
    client.post(change, {"is_active": "on", "roles": [STAFF]})
    assert Person.objects.get(pk=person.pk).tasks == set()


def test_a_task_for_somebody_who_is_not_on_staff_is_refused_in_a_sentence(client):
    user = a_user()
    client.force_login(a_coordinator().user)
    page = client.post(address(User, "change", user.pk), {"is_active": "on", "roles": [f"{TASK}people"]})
    assert "Only staff can have a task here." in page.content.decode()
    assert not user.groups.exists()


def test_staff_choose_among_rows_that_their_task_needs_and_no_others(client):
    a_person(last_name="Findable")
    client.force_login(staff_with("networks"))
    url = reverse("admin:autocomplete")
    asked = {"term": "findable", "app_label": "meetings", "model_name": "grouplead", "field_name": "person"}
    assert [one["text"] for one in client.get(url, asked).json()["results"]] == ["Science lead Findable"]
    other = {"term": "a", "app_label": "partners", "model_name": "mourole", "field_name": "drafter"}
    assert client.get(url, other).status_code == 403
