"""Subjects and audiences: lists that coordinators keep, several for a network."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from meetings.models import Network
from meetings.planning.domain.cloning import plan_of
from partners.models import Audience, Subject
from tests.factories import a_coordinator, a_network
from tests.registrations.desk.setup_page import typed

pytestmark = pytest.mark.django_db
SEED = ["mathematics", "literacy", "science", "computer_science", "history"]


@pytest.fixture
def coordinator(client):
    person = a_coordinator()
    client.force_login(person.user)
    return person


def test_the_subjects_of_the_five_networks_are_there_from_the_start():
    assert list(Subject.objects.values_list("code", flat=True)) == [*SEED, "all_stem"]


def test_writing_the_lists_again_keeps_what_coordinators_changed():
    Subject.objects.filter(code="science").update(title="Science")
    import_module("partners.migrations._subject_lists").write_lists(apps, None)
    assert Subject.objects.get(code="science").title == "Science"


def test_a_network_is_on_several_subjects(client, coordinator):
    page = typed(subjects=["science", "mathematics"], audiences=[])
    client.post(reverse("network_new"), page)
    network = Network.objects.get()
    assert network.subject_words == "Mathematics, Science and technology/engineering"
    assert network.audience_words == "Everyone"


def test_a_subject_that_left_the_forms_stays_with_the_networks_that_have_it(client, coordinator):
    network = a_network(subjects=["history"])
    Subject.objects.filter(code="history").update(active=False)
    edit = client.get(reverse("network_edit", args=[network.slug])).content.decode()
    new = client.get(reverse("network_new")).content.decode()
    assert ('value="history"' in edit, 'value="history"' in new) == (True, False)


def test_what_is_no_subject_is_refused_at_its_field(client, coordinator):
    answer = client.post(reverse("network_new"), typed(subjects=["astrology"]))
    assert (
        "astrology is not one of the available choices" in answer.content.decode(),
        Network.objects.count(),
    ) == (True, 0)


def test_a_copy_for_the_next_year_has_the_same_subjects_and_audiences():
    plan = plan_of(a_network(subjects=["science"], audiences=["teachers"]), "2021-22", [])
    assert [str(one) for one in (*plan.subjects, *plan.audiences)] == [
        "Science and technology/engineering",
        "Teachers",
    ]


@pytest.mark.parametrize("model", [Subject, Audience])
def test_the_admin_lists_them_under_set_up_and_keeps_what_a_network_has(client, coordinator, model):
    a_network(subjects=["science"], audiences=["teachers"])
    name = model._meta.model_name
    listed = client.get(reverse(f"admin:partners_{name}_changelist"))
    assert listed.status_code == 200
    for row in model.objects.filter(code__in=["science", "teachers"]):
        assert client.get(reverse(f"admin:partners_{name}_delete", args=[row.pk])).status_code == 403
    unused = model.objects.get(code={"subject": "literacy", "audience": "faculty"}[name])
    client.post(reverse(f"admin:partners_{name}_delete", args=[unused.pk]), {"post": "yes"})
    assert not model.objects.filter(pk=unused.pk).exists()
