"""OneRoster bundles: recognized, looked at, imported; what is no bundle is refused in a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.importing.domain import importing
from partners.importing.exceptions import ImportRefused
from partners.importing.imports import packed
from partners.importing.imports.recognizing import read_upload
from partners.models import Organization, Person, Position, TableImport
from tests.factories import NOW, a_coordinator, an_organization
from tests.partners.tables import imported, matched, row, what

pytestmark = pytest.mark.django_db
LIST = "/staff/partners/import/"
MANIFEST = (
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.users,bulk\n"
    "file.roles,bulk\nfile.classes,bulk\n"
)
ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "o1,,,Wareham Public Schools,district,03100000,\n"
    "o2,,,Wareham Middle School,school,03100305,o1\n"
    "o3,,,Science Department,department,,o2\n"
)
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
    "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
    "u1,,,true,lead,,Science lead,Wareham,,,science-lead@example.org,,,,,,,,,,o1,\n"
    "u2,,,true,pupil,,A,Pupil,,,pupil@example.org,,,,07,,,,,,o2,\n"
    "u3,,,true,head,,Head,of school,,,head@example.org,,,,,,,,,,o2,\n"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId\n"
    "r1,,,u1,primary,districtAdministrator,2024-09-01,,o1,\n"
    "r2,,,u1,secondary,teacher,,,o2,\n"
    "r3,,,u2,primary,student,,,o2,\n"
    "r4,,,u3,primary,principal,,,o2,\n"
)
WHOLE = {
    "manifest.csv": MANIFEST,
    "orgs.csv": ORGS,
    "users.csv": USERS,
    "roles.csv": ROLES,
    "classes.csv": "x\n",
}


def bundle(folder="", **changed):
    files = {**WHOLE, **{f"{name}.csv": text for name, text in changed.items()}}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            if text is not None:
                archive.writestr(f"{folder}{name}", text)
    return file.getvalue()


def brought(content):
    tables = read_upload(io.BytesIO(content), kind="bundle", name="district.zip")
    first = importing.bring_all(tables, name="district.zip", by=a_coordinator(), at=NOW)
    return first, getattr(first, "followed_by", None)


def looked_at(table, **defaults):
    return matched(table, columns=table.columns, defaults={**table.defaults, **defaults})


def everything(content):
    """Import organizations, then people; return both as they were looked at."""
    orgs, people = brought(content)
    orgs = looked_at(orgs, state="MA")
    if sum(orgs.counts.get(one, 0) for one in ("create", "change")):
        imported(orgs)
    people = looked_at(people)
    if sum(people.counts.get(one, 0) for one in ("create", "change")):
        imported(people)
    return orgs, people


def notes(content):
    return [
        note
        for table in read_upload(io.BytesIO(content), kind="bundle", name="d.zip")
        for note in table.notes
    ]


def test_a_bundle_becomes_organizations_and_their_staff():
    orgs, people = everything(bundle())
    school = Organization.objects.get(name="Wareham Middle School")
    assert (school.sector, school.state_org_code, school.state, school.part_of.name) == (
        "school",
        "03100305",
        "MA",
        "Wareham Public Schools",
    )
    assert (what(orgs), what(people)) == (["create"] * 2, ["create", "create", "change"])
    rows = Position.objects.values_list(
        "person__last_name", "organization__name", "job", "title", "started_on"
    )
    assert {(*row[:4], str(row[4] or "")) for row in rows} == {
        ("Wareham", "Wareham Public Schools", "other", "District administrator", "2024-09-01"),
        ("Wareham", "Wareham Middle School", "teacher", "", ""),
        ("of school", "Wareham Middle School", "principal", "", ""),
    }


def test_nothing_of_a_student_is_kept():
    everything(bundle())
    kept = str([table.rows for table in TableImport.objects.all()]).lower()
    assert "pupil" not in kept and not Person.objects.filter(last_name="Pupil").exists()


def test_the_same_bundle_again_changes_nothing():
    everything(bundle())
    orgs, people = everything(bundle())
    assert (set(what(orgs)), set(what(people))) == ({"same"}, {"same"})


def test_a_listed_district_keeps_its_name_and_is_found_by_its_code():
    district = an_organization(name="Wareham Schools", state="MA", state_org_code="03100000")
    orgs, _people = everything(bundle())
    district.refresh_from_db()
    assert (what(orgs)[0], district.name) == ("same", "Wareham Schools")


def test_what_was_left_out_is_said():
    changed = bundle(
        orgs=ORGS
        + "o4,tobedeleted,,Old School,school,,o1\no2,,,Again,school,,o1\no5,,,Far School,school,,zz\n",
        users=USERS
        + "u4,,,true,x,,Aide,East,,,,,,,,,,,,,o2,\nu5,,,false,y,,Teacher,West,,,w@example.org,,,,,,,,,,o2,\n"
        + "u6,tobedeleted,,true,z,,Teacher,North,,,n@example.org,,,,,,,,,,o2,\n"
        + "u7,,,true,q,,Teacher,South,,,s@example.org,,,,,,,,,,zz,\n",
        roles=ROLES
        + "".join(f"s{n},,,u{n},primary,{'aide' if n == 4 else 'teacher'},,,o2,\n" for n in (4, 5, 6))
        + "s7,,,u7,primary,teacher,,,zz,\n",
    )
    assert notes(changed) == [
        "We left out organizations that are marked for deletion in orgs.csv "
        "(row 5). An import removes nothing.",
        "orgs.csv has the same sourcedId more than once. We took the first and left out row 6.",
        "The parent of row 7 isn't in orgs.csv, so we left “part of” empty.",
        "We left out 1 organization of the type “department”.",
        "We left out 1 person who isn't staff. We keep nothing about students and parents.",
        "We left out people who are marked for deletion in users.csv (row 7). An import removes nobody.",
        "We left out people whose account is switched off in users.csv (row 6).",
        "Row 5 of users.csv: no e-mail address, so we can only go by the name.",
        "Row 8 of users.csv: the organization isn't in orgs.csv, so we take the person without it.",
    ]


def test_a_bundle_of_version_1_1_has_roles_and_organizations_with_its_users():
    users = (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
        'middleName,identifier,email\nu1,,,true,"o2,o1",teacher,t,,Physics,Teacher,,,physics@example.org\n'
        "u2,,,true,o2,student,s,,A,Pupil,,,pupil@example.org\n"
    )
    older = MANIFEST.replace("1.2", "1.1").replace("file.roles,bulk\n", "")
    everything(bundle(manifest=older, users=users, roles=None))
    assert Person.objects.filter(last_name="Teacher").count() == 1
    assert Position.objects.count() == 2


def test_a_folder_around_the_files_is_no_hindrance():
    assert brought(bundle(folder="export/"))[0].number == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"manifest": None}, "has no manifest.csv"),
        ({"manifest": MANIFEST.replace("1.2", "2.0")}, "We read versions 1.1 and 1.2."),
        ({"manifest": MANIFEST.replace("orgs,bulk", "orgs,delta")}, "Export it whole, as “bulk”."),
        ({"orgs": None}, "there's orgs.csv, but it isn't in the ZIP file."),
        ({"manifest": MANIFEST.replace("roles,bulk", "roles,absent")}, "we can't tell staff from students"),
        ({"users": USERS.replace("familyName", "surname", 1)}, "users.csv has no column “familyName”."),
        ({"orgs": ORGS.encode("utf-16")}, "orgs.csv isn't in UTF-8."),
        ({"orgs": ORGS.replace("o1", "o\x001", 1)}, "orgs.csv"),
        ({"orgs": "", "users": USERS.partition("u1")[0]}, "orgs.csv is empty."),
        (
            {"orgs": ORGS.partition("o1")[0], "users": USERS.partition("u1")[0]},
            "no organizations and no staff.",
        ),
    ],
)
def test_what_is_no_whole_bundle_is_refused_in_a_sentence(changed, sentence):
    with pytest.raises(ImportRefused, match=sentence.replace("(", r"\(")):
        brought(bundle(**changed))
    assert not TableImport.objects.exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "MOST_UNPACKED_BYTES", 5000)
    huge = bundle(orgs=ORGS + "o9,,,X,school,,\n" * 10_000)
    assert len(huge) < 5000
    with pytest.raises(ImportRefused, match="unpacks to more than 200 MB"):
        brought(huge)


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def bring(desk, content, kind="bundle", name="district.zip"):
    file = SimpleUploadedFile(name, content)
    return desk.post(LIST, {"kind": kind, "file": file}, follow=True)


def text_of(page):
    return " ".join(page.content.decode().split())


def test_the_pages_lead_from_organizations_to_people(desk):
    page = bring(desk, bundle(), kind="people")
    assert "We recognized this file: OneRoster bundle." in text_of(page)
    orgs = TableImport.objects.get(kind="organizations")
    waiting = text_of(desk.get(f"{orgs.followed_by.get_absolute_url()}columns/"))
    assert "We left out 1 person who isn&#x27;t staff." in waiting
    assert "the organizations of this file</a> first" in waiting
    desk.post(page.request["PATH_INFO"], {**page.context["form"].initial, "state": "MA"})
    orgs.refresh_from_db()
    page = desk.post(f"{orgs.get_absolute_url()}apply/", {"seen": orgs.looks}, follow=True)
    assert "Next: the people in this file" in text_of(page)
    columns = desk.get(f"{orgs.followed_by.get_absolute_url()}columns/")
    assert "the organizations of this file</a> first" not in text_of(columns)
    people = desk.post(columns.request["PATH_INFO"], columns.context["form"].initial, follow=True)
    assert people.context["to_write"] == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bundle()[:400], "This ZIP file is damaged."),
        (b"a,b\n1,2\n", "This isn&#x27;t a OneRoster bundle."),
        (bundle(manifest=None), "has no manifest.csv"),
    ],
)
def test_what_can_not_be_read_is_said_on_the_page(desk, content, sentence):
    page = bring(desk, content)
    assert (page.status_code, sentence in text_of(page)) == (200, True)


def test_a_row_without_an_address_is_the_same_person_the_next_time():
    users = USERS + "u4,,,true,x,,Aide,East,,,,,,,,,,,,,o2,\n"
    roles = ROLES + "s4,,,u4,primary,aide,,,o2,\n"
    everything(bundle(users=users, roles=roles))
    _orgs, people = everything(bundle(users=users, roles=roles))
    assert row(people, 5)["what"] == "same"
