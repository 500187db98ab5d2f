"""The pages of exports: defining, columns in order, sharing, the file, and what is refused."""

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from meetings.models import Appointment
from registrations.models import SavedExport
from stemnet import jobs
from stemnet.models import Job
from tests.factories import a_coordinator, a_person, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_document_pages import signed_in, text_of
from tests.registrations.exporting.stories import an_export, networks_with_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
TYPED = {
    "title": "Credit for the registrar",
    "table": "people",
    "reach": "all",
    "who": "took_part",
    "papers": "any",
    "order": "network",
    "headings": "words",
    "date_form": "iso",
    "file_form": "xlsx",
}


def staff_of(*networks):
    person = a_user().person
    for network in networks:
        Appointment.objects.create(network=network, person=person)
    return person


def new(client, begin="people", **typed):
    address = reverse("export_new") + f"?begin={begin}"
    return client.post(address, {**TYPED, "uid": str(uuid.uuid4()), **typed})


def test_staff_define_an_export_and_get_its_file():
    (network,) = networks_with_people(1, 2)
    client = signed_in(staff_of(network))
    answer = new(client)
    export = SavedExport.objects.get()
    assert answer.url == reverse("export", args=[export.uid])
    page = text_of(client.get(answer.url))
    assert "Credit for the registrar" in page and "About 2 rows." in page and network.title in page
    file = client.post(reverse("export_file", args=[export.uid]))
    book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    assert [row[10] for row in book.active.values] == ["Hours", 3, 6]
    assert file.headers["Content-Disposition"].startswith('attachment; filename="credit-for-the-registrar-')


def test_the_same_form_twice_is_one_export():
    (network,) = networks_with_people(1, 1)
    client, uid = signed_in(staff_of(network)), str(uuid.uuid4())
    first, second = new(client, uid=uid), new(client, uid=uid)
    assert first.url == second.url and SavedExport.objects.count() == 1


def test_the_form_of_somebody_else_is_an_export_of_one_s_own():
    (network,) = networks_with_people(1, 1)
    uid = str(uuid.uuid4())
    theirs, mine = new(signed_in(staff_of(network)), uid=uid), new(signed_in(staff_of(network)), uid=uid)
    assert theirs.url != mine.url and SavedExport.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Type a name"),
        ({"reach": "year"}, "Choose the school year."),
        ({"reach": "chosen"}, "Check at least one network."),
        ({"first_day": "2026-10-14", "last_day": "2026-10-13"}, "be before the first"),
    ],
)
def test_what_a_choice_lacks_is_said_beside_it_and_the_rest_stays(typed, said):
    (network,) = networks_with_people(1, 1)
    answer = new(signed_in(staff_of(network)), **typed)
    assert answer.status_code == 422 and said in text_of(answer)
    assert typed.get("title", "Credit for the registrar") in answer.content.decode()
    assert not SavedExport.objects.exists()


def test_a_network_of_others_can_t_be_chosen():
    mine, other = networks_with_people(2, 1)
    answer = new(signed_in(staff_of(mine)), reach="chosen", networks=[other.slug])
    assert answer.status_code == 422 and not SavedExport.objects.exists()


def columns_of(export):
    export.refresh_from_db()
    return export.keys


def test_columns_are_moved_taken_out_named_and_added_by_buttons():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff, columns=["last_name", "first_name", "hours"])
    client, address = signed_in(staff), reverse("export_columns", args=[export.uid])

    def press(**typed):
        seen = SavedExport.objects.get(pk=export.pk).edition
        return client.post(address, {"seen": seen, **typed})

    press(act="up", key="hours")
    assert columns_of(export) == ["last_name", "hours", "first_name"]
    press(act="down", key="last_name")
    assert columns_of(export) == ["hours", "last_name", "first_name"]
    press(act="remove", key="first_name")
    press(act="add", add=["email", "units", "meeting_date", "nonsense"])
    assert columns_of(export) == ["hours", "last_name", "email", "units"]
    press(act="name", key="hours", name="Contact hours")
    assert export.columns[0] == ["hours", ""] and columns_of(export)[0] == "hours"
    assert "Contact hours" in text_of(client.get(reverse("export", args=[export.uid])))
    assert press(act="fly", key="hours").status_code == 404


def test_a_button_pressed_twice_moves_once():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff, columns=["last_name", "first_name", "hours"])
    client, address = signed_in(staff), reverse("export_columns", args=[export.uid])
    typed = {"seen": export.edition, "act": "up", "key": "hours"}
    assert client.post(address, typed).status_code == 302
    again = client.post(address, typed)
    assert again.status_code == 409 and "changed on another page" in text_of(again)
    assert columns_of(export) == ["last_name", "hours", "first_name"]


def test_the_last_column_stays():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff, columns=["hours"])
    typed = {"seen": export.edition, "act": "remove", "key": "hours"}
    answer = signed_in(staff).post(reverse("export_columns", args=[export.uid]), typed)
    assert answer.status_code == 409 and "An export needs a column" in text_of(answer)


def test_a_change_on_a_page_that_is_too_old_is_refused_and_kept_in_the_form():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff)
    SavedExport.objects.update(edition=5)
    client, address = signed_in(staff), reverse("export_edit", args=[export.uid])
    answer = client.post(address, {**TYPED, "title": "Newer", "seen": 1})
    assert answer.status_code == 422 and "changed on another page" in text_of(answer)
    assert client.post(address, {**TYPED, "title": "Newer", "seen": 5}).status_code == 302
    export.refresh_from_db()
    assert (export.title, export.edition) == ("Newer", 6)


def test_a_row_of_a_person_has_no_columns_of_a_meeting():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff, begin="meetings", table="meetings")
    address = reverse("export_edit", args=[export.uid])
    signed_in(staff).post(address, {**TYPED, "table": "people", "seen": export.edition})
    assert "meeting_date" not in columns_of(export) and "last_name" in export.keys


def test_a_shared_export_is_run_and_copied_by_others_and_changed_by_its_owner():
    mine, other = networks_with_people(2, 1)
    export = an_export(staff_of(mine), shared=True, reach="chosen", networks=[mine])
    client = signed_in(staff_of(other))
    page = text_of(client.get(reverse("export", args=[export.uid])))
    assert "not staff for any network" in page and "and one that you're not staff for" in page
    assert mine.title not in page
    for name in ("export_edit", "export_columns", "export_delete"):
        assert client.get(reverse(name, args=[export.uid])).status_code == 404
    refused = client.post(reverse("export_file", args=[export.uid]))
    assert refused.status_code == 422 and "not staff for any network" in text_of(refused)
    client.post(reverse("export_copy", args=[export.uid]))
    copy = SavedExport.objects.exclude(pk=export.pk).get()
    assert (copy.title, copy.shared, copy.networks.count()) == ("Credit (copy)", False, 0)


def test_an_export_of_one_s_own_is_nobody_else_s():
    (network,) = networks_with_people(1, 1)
    export = an_export(staff_of(network))
    coordinator = signed_in(a_coordinator())
    assert coordinator.get(reverse("export", args=[export.uid])).status_code == 404
    assert coordinator.post(reverse("export_file", args=[export.uid])).status_code == 404


def test_who_is_staff_of_nothing_finds_nothing():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff)
    Appointment.objects.all().delete()
    client = signed_in(staff)
    for address in (reverse("exports"), reverse("export_new"), reverse("export", args=[export.uid])):
        assert client.get(address).status_code == 404


def test_a_cell_that_can_t_stand_in_an_exact_file_is_said_and_no_file_comes():
    network = an_awarding_network()
    a_participant(network, person=a_person(last_name="=Sum"))
    staff = staff_of(network)
    export = an_export(staff, file_form="exact", headings="keys")
    answer = signed_in(staff).post(reverse("export_file", args=[export.uid]))
    assert answer.status_code == 422
    assert "Row 2 has something in the column “last_name”" in text_of(answer) and "=Sum" in text_of(answer)


def test_a_large_export_is_a_job_for_what_its_reader_may_see_then(settings):
    settings.EXPORT_JOB_ROWS = 3
    one, two = networks_with_people(2, 3)
    staff = staff_of(one, two)
    export = an_export(staff, file_form="csv")
    client = signed_in(staff)
    first = client.post(reverse("export_file", args=[export.uid]))
    job = Job.objects.get()
    assert first.url == job.get_absolute_url()
    jobs.run_waiting(at=JUNE)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total) == ("done", 6, 6)
    with job.result.open() as file:
        assert len(file.read().splitlines()) == 7
    client.post(reverse("export_file", args=[export.uid]))
    Appointment.objects.all().delete()
    jobs.run_waiting(at=JUNE)
    job = Job.objects.exclude(pk=job.pk).get()
    assert (job.state, bool(job.result)) == ("failed", False)
    assert "isn't shared with you anymore" in job.error


def test_deleting_asks_first():
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    export = an_export(staff)
    client, address = signed_in(staff), reverse("export_delete", args=[export.uid])
    assert "Delete “Credit”?" in text_of(client.get(address)) and SavedExport.objects.exists()
    assert client.post(address).url == reverse("exports") and not SavedExport.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_statements_for_any_number(number, django_assert_num_queries):
    (network,) = networks_with_people(1, 1)
    staff = staff_of(network)
    for _each in range(number):
        an_export(staff)
    client = signed_in(staff)
    client.get(reverse("exports"))
    with django_assert_num_queries(6):
        client.get(reverse("exports"))


@pytest.mark.parametrize(("networks", "people"), [(1, 1), (10, 3)])
def test_the_page_of_an_export_takes_the_same_statements(networks, people, django_assert_num_queries):
    networks_with_people(networks, people)
    coordinator = a_coordinator()
    export = an_export(coordinator)
    client = signed_in(coordinator)
    client.get(reverse("export", args=[export.uid]))
    with django_assert_num_queries(20 + (networks > 1)):
        client.get(reverse("export", args=[export.uid]))


def test_an_export_keeps_its_columns_where_none_fits_the_rows_that_were_chosen():
    (network,) = networks_with_people(1, 2)
    staff = staff_of(network)
    export = an_export(staff, begin="meetings", table="meetings", columns=["meeting_date", "arrived"])
    address = reverse("export_edit", args=[export.uid])
    answer = signed_in(staff).post(address, {**TYPED, "table": "people", "seen": export.edition})
    assert (answer.status_code, "None of its columns is about such rows" in text_of(answer)) == (422, True)
    export.refresh_from_db()
    assert [key for key, _name in export.columns] == ["meeting_date", "arrived"]
    huge = signed_in(staff).post(address, {**TYPED, "table": "meetings", "seen": 2**31})
    assert huge.status_code in (302, 409, 422)
