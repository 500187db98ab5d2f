"""Materials: who sees which, from when; versions; titles; files that are written whole or not at all."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.gathering.domain import materials
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.gathering.exceptions import MaterialRefused
from meetings.groups.domain import teams
from meetings.models import Material, MaterialVersion
from registrations.attendance.domain import attendance
from stemnet.exceptions import FileRefused
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_registration,
    a_staff_member,
    a_user,
)
from tests.meetings.gathering import contents

pytestmark = pytest.mark.django_db
HANDOUT = Shown(kind="handout", seen_by="registered", seen_from="now")


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def a_link(meeting, title, *, seen_by="public", seen_from="now", by=None):
    shown = Shown(kind="link", seen_by=seen_by, seen_from=seen_from)
    by = by or a_staff_member()
    return materials.add_link(
        meeting, title=title, url="https://example.org/notes", shown=shown, by=by, at=NOW
    )


def a_file(name="slides.pdf", content=contents.PDF):
    return SimpleUploadedFile(name, content)


def added(meeting, *files, title="", by=None, shown=HANDOUT):
    with gathered([], files) as came:
        return materials.add_files(meeting, came, title=title, shown=shown, by=by or a_staff_member(), at=NOW)


def titles(person, *, at):
    return set(Material.objects.visible_to(person, at=at).values_list("title", flat=True))


LEVELS = ["public", "registered", "attended", "staff"]


def test_each_sees_what_is_for_them(meeting):
    group = a_group(meeting.network, lead=a_user().person)
    for level in LEVELS:
        a_link(meeting, level, seen_by=level)
    seated = a_registration(meeting.network)
    came = a_registration(meeting.network)
    attendance.mark_attendance(
        registration=came, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )
    stranger, staff = a_user().person, a_staff_member()
    people = [None, stranger, group.leads.get().person, seated.person, came.person, staff]
    assert [titles(one, at=NOW) for one in people] == [
        {"public"},
        {"public"},
        {"public"},
        {"public", "registered"},
        {"public", "registered", "attended"},
        set(LEVELS),
    ]


def test_the_lead_and_the_members_of_a_group_see_what_is_for_them_at_its_meetings(meeting):
    network = meeting.network
    group = a_group(network, lead=a_user().person)
    ours = a_meeting(network, working_group=group, title="Group")
    for level in LEVELS:
        a_link(ours, level, seen_by=level)
    outside, inside = a_registration(network), a_registration(network)
    inside.group_memberships.create(working_group=group, joined_at=NOW)
    people = [outside.person, inside.person, group.leads.get().person]
    assert [titles(one, at=NOW) for one in people] == [{"public"}, {"public", "registered"}, set(LEVELS)]


def test_members_of_a_team_of_the_partnership_see_what_is_theirs():
    team = a_group(None, kind="leadership_team")
    meeting = a_meeting(None, working_group=team)
    member, former = a_user().person, a_user().person
    for person in (member, former):
        teams.join_team(team, person=person, on=NOW.date())
    teams.leave_team(team, person=former, on=NOW.date(), at=NOW)
    a_link(meeting, "Notes", seen_by="registered")
    assert [titles(one, at=NOW) for one in (member, former, None)] == [{"Notes"}, set(), set()]


def test_whoever_gave_up_a_seat_sees_no_more_of_it_but_what_they_came_to(meeting):
    registration = a_registration(meeting.network)
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )
    later = a_meeting(meeting.network, title="Later")
    a_link(meeting, "Came", seen_by="registered")
    a_link(later, "Didn't", seen_by="registered")
    registration.status = "withdrawn"
    registration.save()
    assert titles(registration.person, at=NOW) == {"Came"}


def test_a_material_is_seen_from_its_moment_on_and_by_those_who_prepare_it_before(meeting):
    for moment in ("now", "start", "end"):
        a_link(meeting, moment, seen_from=moment)
    second = timedelta(seconds=1)
    seen = [titles(None, at=at) for at in (NOW, meeting.starts_at - second, meeting.starts_at)]
    assert seen == [{"now"}, {"now"}, {"now", "start"}]
    assert [titles(None, at=at) for at in (meeting.ends_at - second, meeting.ends_at)] == [
        {"now", "start"},
        {"now", "start", "end"},
    ]
    assert titles(a_staff_member(), at=NOW) == {"now", "start", "end"}


def test_nothing_of_a_draft_is_public():
    a_link(a_meeting(a_network(meetings=0, status="draft")), "Notes")
    assert titles(None, at=NOW) == set()


def test_files_are_kept_under_addresses_that_say_nothing_of_their_names(meeting):
    added(meeting, a_file("../../résumé_of plan.pdf"))
    version = MaterialVersion.objects.get()
    assert (version.name, version.material.title) == ("résumé_of plan.pdf", "résumé of plan")
    assert version.file.name == f"materials/{version.uid}"
    assert (version.size, version.sha256) == (len(contents.PDF), contents.sha256(contents.PDF))
    assert version.file.read() == contents.PDF


def test_a_new_version_keeps_the_one_before_and_the_address(meeting):
    (material,) = added(meeting, a_file(), title="Slides")
    address, by = material.get_absolute_url(), a_staff_member()
    with gathered([], [a_file("better.pdf", contents.PDF + b"%2")]) as (file,):
        materials.add_version(material, file, by=by, at=NOW)
    with gathered([], [a_file("better.pdf", contents.PDF + b"%2")]) as (file,):
        materials.add_version(material, file, by=by, at=NOW)  # pressed twice
    kept = [(one.number, one.name, one.file.read()) for one in material.versions.all()]
    assert kept == [(2, "better.pdf", contents.PDF + b"%2"), (1, "slides.pdf", contents.PDF)]
    assert Material.objects.get().get_absolute_url() == address


def test_the_same_form_sent_twice_adds_once(meeting):
    files = [a_file("a.pdf"), a_file("b.png", contents.PNG)]
    first, again = added(meeting, *files), added(meeting, *files)
    assert [one.pk for one in first] == [one.pk for one in again]
    assert [a_link(meeting, "Notes").pk, a_link(meeting, "Notes").pk] == [Material.objects.last().pk] * 2
    assert Material.objects.count() == 3


def test_another_file_of_a_title_that_stands_is_refused_and_nothing_of_the_form_is_kept(meeting):
    added(meeting, a_file("a.pdf"))
    with pytest.raises(MaterialRefused, match="This meeting already has “a”"):
        added(meeting, a_file("new.pdf"), a_file("a.pdf", contents.PDF + b"%2"))
    assert list(Material.objects.values_list("title", flat=True)) == ["a"]
    assert len(default_storage.listdir("materials")[1]) == 1


def test_one_bad_file_of_several_keeps_all_of_them_out(meeting):
    with pytest.raises(FileRefused, match=r"What's inside “b\.png”"):
        added(meeting, a_file("a.pdf"), a_file("b.png", b"<svg onload='alert(1)'/>"))
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "“empty.pdf” is empty."),
        ("page.html", b"<script>", "can run scripts"),
        ("slides.pdf.exe", contents.PDF, "We can't take “slides.pdf.exe”"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(meeting, name, content, words):
    with pytest.raises(FileRefused, match=words):
        added(meeting, a_file(name, content))


def test_200_megabytes_are_refused_with_the_limit(meeting):
    file = a_file("film.mp4")
    file.size = 200 * 1024 * 1024
    with pytest.raises(FileRefused) as refused:
        added(meeting, file)
    assert str(refused.value).replace("\xa0", " ") == (
        "“film.mp4” is 200.0 MB, and a file can be up to 50 MB. Make it smaller, or share a link to it."
    )


def test_a_removed_material_is_gone_and_its_title_is_free(meeting):
    material = a_link(meeting, "Notes")
    materials.remove(material, at=NOW)
    assert titles(a_staff_member(), at=NOW) == set()
    assert a_link(meeting, "Notes").pk != material.pk


def test_a_removed_material_comes_back_unless_its_title_is_taken(meeting):
    material = a_link(meeting, "Notes")
    materials.remove(material, at=NOW)
    materials.bring_back(Material.objects.get())
    assert titles(None, at=NOW) == {"Notes"}
    materials.remove(material, at=NOW)
    a_link(meeting, "Notes")
    with pytest.raises(MaterialRefused, match="already has “Notes”"):
        materials.bring_back(Material.objects.filter(removed_at__isnull=False).get())


def test_of_a_file_that_could_not_be_written_nothing_is_left(meeting, settings, tmp_path):
    files = {"BACKEND": "stemnet.files.PrivateFiles", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}

    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError("No space left on device")

    with gathered([], [a_file()]) as (file,):
        broken = type(file)(Broken(contents.PDF), "broken.pdf", file.kind, file.size, file.sha256)
        with pytest.raises(OSError, match="No space"):
            materials.add_files(meeting, [file, broken], title="", shown=HANDOUT, by=a_staff_member(), at=NOW)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    assert not Material.objects.exists()
