"""The other stories of `manage.py demo`: Oregon 2012-13, MTEP 2.0 in 2024, South King County."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from meetings.models import Meeting, WorkingGroup
from partners.memorandum.domain.document_hashes import known_by
from partners.models import (
    Contribution,
    Mou,
    MouDocument,
    MouDocumentPart,
    MouRole,
    Need,
    Organization,
    Partnership,
    Person,
    Signature,
    Stage,
    StageChange,
)
from registrations.management.demo.south_metro_salem import BROUGHT
from stemnet.models import Mail
from tests.defects import defects_of_mail

TODAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
pytestmark = [pytest.mark.django_db]


DISTRICTS = (
    "Amity|Canby|Gladstone|Lake Oswego|McMinnville|Molalla River|North Clackamas|Oregon City|Salem-Keizer"
    "|Tigard-Tualatin|West Linn-Wilsonville|Woodburn"
)
DECEMBER = {f"{name} School District" for name in DISTRICTS.split("|")} | {"Chemeketa Community College"}
APRIL = {
    "Autodesk": {("equip", "Software"), ("curr", "Curriculum"), ("pd", "Training videos")},
    "First Tech Credit Union": {
        ("fund", "Scholarships"),
        ("policy", "Marketing that gets people to take part"),
    },
    "Legacy Meridian Park Medical Center": {("space", "Tours"), ("extern", "Trying out a surgical robot")},
    "NASA/Oregon Space Grant Consortium": {
        ("hr", "A staff position"),
        ("pd", "A network for professional development"),
    },
    "Newberg School District": {("pd", "Leadership in designing professional development")},
    "OregonASK": set(),
    "Xerox": set(),
}
ALSO_KNOWN = {
    "Oregon Institute of Technology",
    "FLIR",
    "Rockwell Collins",
    "A-dec",
    "Oregon FIRST Robotics",
    "Evergreen Aviation and Space Museum",
}


def signed_on(day):
    """Who signed on a day."""
    given = Signature.objects.signed().filter(signed_on=day)
    return set(given.values_list("part__role__organization__name", flat=True))


def demo(*words):
    with time_machine.travel(TODAY, tick=False):
        call_command("demo", *words, stdout=StringIO())


@contextmanager
def a_story(name, blocker, data):
    settings = {"DEBUG": True, "STEMNET_DATA": data, "STORAGES": {"default": MEMORY, "staticfiles": STATIC}}
    with override_settings(**settings), blocker.unblock(), transaction.atomic():
        demo("--story", name)
        assert defects_of_mail() == []
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def salem(django_db_setup, django_db_blocker, tmp_path_factory):
    with a_story("south-metro-salem", django_db_blocker, tmp_path_factory.mktemp("salem")):
        yield


@pytest.mark.usefixtures("salem")
class TestSouthMetroSalem:
    def test_parts_were_due_in_october_and_signed_in_december(self):
        mou = Mou.objects.get()
        dates = (mou.parts_due_on, mou.ceremony_on, mou.effective_on, mou.status)
        assert dates == (date(2012, 10, 15), date(2012, 12, 14), date(2012, 12, 14), Mou.Status.IN_FORCE)

    def test_thirteen_signed_in_december_and_seven_joined_in_april(self):
        days = Signature.objects.signed().values_list("signed_on", flat=True)
        assert sorted(days) == [date(2012, 12, 14)] * 13 + [date(2013, 4, 29)] * 7

    def test_twenty_are_partners_since_their_day(self):
        since = Organization.objects.partners().values_list("partner_since", flat=True)
        assert sorted(since) == [date(2012, 12, 14)] * 13 + [date(2013, 4, 29)] * 7
        assert StageChange.objects.filter(to_status=Stage.PARTNER).count() == 20

    def test_joining_adds_documents_and_leaves_the_signed_one(self):
        assert MouDocument.objects.filter(replaced_by=None, joins=None).count() == 1
        assert MouDocument.objects.exclude(joins=None).count() == 7

    def test_the_signed_document_is_recognized(self):
        document = MouDocument.objects.whole().get()
        assert known_by(document.pdf_sha256).document == document

    def test_other_districts_began_from_the_model_of_salem_keizer(self):
        copies = MouRole.objects.exclude(copied_from=None)
        names = set(copies.values_list("copied_from__organization__name", flat=True))
        assert (copies.count(), names) == (11, {"Salem-Keizer School District"})

    def test_what_joiners_signed_is_committed_and_the_later_grant_is_not(self):
        informal = Contribution.objects.filter(role=None).values_list("detail", flat=True)
        assert list(informal) == ["A grant to the partnership"]

    def test_what_joiners_brought_stands_in_what_they_signed(self):
        part = MouDocumentPart.objects.get(role__organization__name="Newberg School District")
        assert part.words["contributions"] == [
            "Staff development and coaching: Leadership in designing professional development"
        ]

    def test_contributions_are_those_that_were_named(self):
        rows = Contribution.objects.values_list("organization__name", "category__code", "detail", "quantity")
        grant = [row for row in rows if row[3]]
        assert sorted(row for row in rows if not row[3]) == sorted(BROUGHT)
        assert [row[0] for row in grant] == ["NASA/Oregon Space Grant Consortium"]

    def test_those_whom_the_list_names_signed_in_december(self):
        assert signed_on(date(2012, 12, 14)) == DECEMBER

    def test_seven_joined_in_april_with_what_was_written_down_of_each(self):
        """docs/rules.md 1.3; of OregonASK and Xerox nothing was."""
        assert signed_on(date(2013, 4, 29)) == set(APRIL)
        given = {name: set() for name in APRIL}
        rows = Contribution.objects.exclude(role=None)
        for name, code, detail in rows.values_list("organization__name", "category__code", "detail"):
            given[name].add((code, detail))
        assert given == APRIL

    def test_whoever_showed_their_works_or_ran_a_program_is_known_and_no_partner(self):
        others = Organization.objects.exclude(stage=Stage.PARTNER).values_list("name", "stage")
        assert set(others) == {(name, Stage.NONE) for name in ALSO_KNOWN}

    def test_needs_are_committed_in_the_model_part(self):
        assert set(Need.objects.values_list("role__organization__name", flat=True)) == {
            "Salem-Keizer School District"
        }

    def test_a_second_time_changes_nothing(self):
        before = Signature.objects.count(), Person.objects.count(), Mail.objects.count()
        for words in (["--story", "south-metro-salem"], []):  # the second is what make run does
            demo(*words)
        assert (Signature.objects.count(), Person.objects.count(), Mail.objects.count()) == before

    def test_another_story_needs_a_portal_of_its_own(self):
        with pytest.raises(CommandError, match="south-metro-salem"):
            demo("--story", "mtep")

    def test_every_address_is_an_example(self):
        addresses = set(Mail.objects.values_list("address", flat=True))
        assert {address.rpartition("@")[2] for address in addresses} == {"example.org"}


@pytest.fixture
def story(request, django_db_blocker, tmp_path):
    with a_story(request.param, django_db_blocker, tmp_path):
        yield


@pytest.mark.parametrize("story", ["mtep"], indirect=True)
def test_mtep_has_one_session_at_noon_central_time(story):
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (
        datetime(2024, 5, 24, 17, 0, tzinfo=UTC),
        datetime(2024, 5, 24, 18, 0, tzinfo=UTC),
    )
    stages = dict(Organization.objects.exclude(stage=Stage.PARTNER).values_list("name", "stage"))
    assert stages == {"PhysTEC": Stage.CAME, "Quality Education for Minorities Network": Stage.INVITED}


@pytest.mark.parametrize("story", ["south-king-county"], indirect=True)
def test_south_king_county_has_leads_teams_and_districts(story):
    one = Partnership.objects.get()
    south = Organization.objects.get(name__contains="South Seattle)")
    kinds = WorkingGroup.objects.teams().order_by("kind").values_list("kind", flat=True)
    assert one.lead_organizations.count() == 3
    assert len(one.region_places.splitlines()) == 7
    assert list(kinds) == ["advisory_team", "leadership_team"]
    assert (south.stage, south.part_of.name) == (Stage.PARTNER, "Seattle Public Schools")
    assert south.part_of.stage == Stage.NONE
