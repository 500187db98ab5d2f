"""Deleting what is known of somebody: what stays, what goes, what is in the way."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import CharField, Count, JSONField, Sum, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from meetings.models import ActionItem, Minutes, TeamMember
from partners.merging.domain import merging
from partners.merging.exceptions import MergeRefused
from partners.models import EducatorNumber, Merge, Person, PersonEmail, Position, Removal, User
from partners.people.domain import deletion
from partners.people.domain.traces import columns_of
from partners.people.exceptions import DeletionBlocked, DeletionRefused
from registrations.credit.domain import issuing
from registrations.models import Attendance, Document, Hold, MessageRecipient, Registration
from stemnet.models import Mail
from stemnet.outbox import delivery
from tests import factories
from tests.factories import NOW
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Eva Ávila-Stone", "eva@example.org"


@pytest.fixture
def person():
    """Somebody with rows of many kinds."""
    eva = factories.a_user(first_name="Eva", last_name="Ávila-Stone", address=ADDRESS).person
    PersonEmail.objects.create(person=eva, address="eva@home.example.org", verified_at=NOW)
    network = an_awarding_network(title="Ours")
    registration = a_participant(network, person=eva)
    issuing.issue(registration=registration, kind="attendance", by=eva, at=JUNE)
    factories.a_position(eva, title="Eva's title")
    EducatorNumber.objects.create(person=eva, kind="mepid", number="123", typed_at=NOW)
    return eva


def remove(person, *, by=None, **said):
    return deletion.remove_person(person, by=by or person, at=timezone.now(), **said)


def tables_with(*words):
    """Where a word is left, in any text of any table that isn't left on purpose."""
    found = set()
    for model in apps.get_models():
        for field in columns_of(model):
            rows = model._base_manager.annotate(as_text=Cast(field.name, TextField()))
            for word in words:
                if rows.filter(as_text__icontains=word).exists():
                    found.add(f"{model._meta.label}.{field.name}")
    return found


def test_nothing_personal_is_left(person):
    assert "partners.Person.last_name" in tables_with(NAME.split()[1])
    remove(person)
    delivery.deliver(at=timezone.now())
    assert tables_with(ADDRESS, "eva@home", "Ávila", "\\u00c1vila") == set()


def test_the_last_mail_goes_to_the_address_and_forgets_it(person, mailoutbox):
    Mail.objects.all().delete()
    remove(person)
    delivery.deliver(at=timezone.now())
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([ADDRESS], "Your data is deleted")
    assert "Hello Eva Ávila-Stone," in letter.body
    assert [mail.address for mail in Mail.objects.all()] == ["removed@removed.invalid"]


def test_documents_still_check_with_the_printed_name(client, person):
    document = Document.objects.get()
    remove(person)
    page = client.get(reverse("verified", args=[document.code])).content.decode()
    assert NAME in page and "valid" in page.lower()
    document.refresh_from_db()
    assert (document.snapshot["name"], bool(document.pdf)) == (NAME, True)


def test_statistics_stay_equal(person):
    def figures():
        return (
            Registration.objects.seated().values("person").distinct().count(),
            Attendance.objects.aggregate(people=Count("registration"), minutes=Sum("minutes_counted")),
            Document.objects.valid().count(),
            Position.objects.values_list("organization", "job").get(),
        )

    before = figures()
    remove(person)
    assert figures() == before


def test_who_is_removed_has_no_name_and_no_login(client, person):
    client.force_login(person.user)
    remove(person)
    gone = Person.objects.get(pk=person.pk)
    assert (str(gone), gone.sorted_name, gone.printed_name) == ("Removed person",) * 3
    assert list(Person.objects.current().filter(pk=gone.pk)) == []
    user = User.objects.get(person=gone)
    assert (user.is_active, user.email, user.groups.count()) == (
        False,
        f"removed-{user.pk}@removed.invalid",
        0,
    )
    assert client.get(reverse("own_data")).status_code == 302


def test_a_seat_ahead_goes_to_who_waits():
    network = factories.a_network(meetings=0, seats=1)
    factories.a_meeting(network, on=timezone.localdate() + timedelta(days=30))
    person = factories.a_user().person
    factories.a_registration(network, person, at=timezone.now())
    waiting = factories.a_registration(network, at=timezone.now())
    remove(person)
    states = list(Registration.objects.order_by("pk").values_list("status", flat=True))
    assert (states, waiting.pk) == (["withdrawn", "seated"], Registration.objects.last().pk)
    assert {change.by_name for change in Registration.objects.first().changes.all()} == {
        "test",
        "Removed person",
    }


def test_what_others_typed_of_them_goes_too(person):
    other = factories.a_registration(factories.a_network(), leader_name=NAME, leader_email=ADDRESS)
    hold = Hold.objects.create(
        network=other.network, address="eva@home.example.org", created_at=NOW, sent_at=NOW, expires_at=NOW
    )
    remove(person)
    other.refresh_from_db()
    assert (other.leader_name, other.leader_email) == ("Removed person", "removed@removed.invalid")
    assert not Hold.objects.filter(pk=hold.pk).exists()


def test_the_name_of_a_namesake_stays(person):
    factories.a_person(first_name="Eva", last_name="Ávila-Stone")
    other = factories.a_registration(factories.a_network(), leader_name=NAME)
    remove(person)
    other.refresh_from_db()
    assert other.leader_name == NAME


def test_minutes_keep_what_was_said(person):
    meeting = person.registrations.get().network.meetings.first()
    minutes = Minutes.objects.create(meeting=meeting, text=f"{NAME} spoke.", saved_at=NOW, saved_by_name=NAME)
    remove(person)
    minutes.refresh_from_db()
    assert (minutes.text, minutes.saved_by_name) == (f"{NAME} spoke.", "Removed person")


def test_items_teams_and_messages_end(person):
    team = factories.a_group(None, kind="leadership_team")
    TeamMember.objects.create(team=team, person=person, joined_on=NOW.date(), listed=True)
    ActionItem.objects.create(
        text="T", due_on=NOW.date(), person=person, made_by_name="M", made_at=NOW, answer="A"
    )
    remove(person)
    item, member = ActionItem.objects.get(), TeamMember.objects.get()
    assert (item.state, item.answer) == ("dropped", "")
    assert (member.listed, member.left_on) == (False, timezone.localdate())
    assert not MessageRecipient.objects.exclude(address="").exists()


def test_done_twice_changes_nothing(person):
    remove(person)
    with pytest.raises(DeletionRefused, match="already deleted"):
        remove(person)
    assert Removal.objects.count() == 1


def test_a_coordinator_does_it_on_request_with_a_reason(person):
    desk = factories.a_coordinator(first_name="Co", last_name="Ordinator")
    with pytest.raises(DeletionRefused, match="how they asked"):
        remove(person, by=desk)
    remove(person, by=desk, reason=f"{NAME} asked by phone")
    removal = Removal.objects.get()
    assert (removal.by, removal.by_name, removal.reason) == (
        desk,
        "Co Ordinator",
        "Removed person asked by phone",
    )


@pytest.mark.parametrize("by", [factories.a_person, lambda: factories.a_user().person])
def test_nobody_else_may(person, by):
    with pytest.raises(DeletionRefused, match="Only a coordinator"):
        remove(person, by=by(), reason="No")
    assert Person.objects.get(pk=person.pk).removed_at is None


def test_only_a_coordinator_deletes_who_works_for_the_partnership():
    staff, colleague = factories.a_staff_member(), factories.a_staff_member()
    with pytest.raises(DeletionRefused):
        remove(colleague, by=staff, reason="Asked")
    remove(colleague, by=factories.a_coordinator(), reason="Asked")


def test_the_only_coordinator_stays():
    desk = factories.a_coordinator()
    with pytest.raises(DeletionBlocked, match="only coordinator"):
        remove(desk)
    factories.a_coordinator()
    remove(desk)


def test_who_answers_for_a_partner_hands_over_first():
    part = factories.a_part(lead_contact=factories.a_user().person)
    blocks = deletion.blocked_by(part.lead_contact, at=NOW)
    assert [block.url for block in blocks] == [reverse("mine_hand_over", args=[part.organization.slug])]


def test_who_leads_a_team_alone_asks_for_another_lead():
    lead = factories.a_user().person
    group = factories.a_group(None, kind="leadership_team", lead=lead)
    with pytest.raises(DeletionBlocked, match=group.title):
        remove(lead)


def test_who_is_named_as_the_contact_of_a_network_asks_for_another(person):
    network = factories.a_network(meetings=0, contact_email=ADDRESS)
    factories.a_meeting(network, on=timezone.localdate() + timedelta(days=3))
    with pytest.raises(DeletionBlocked, match=network.title):
        remove(person)


def test_a_merge_of_them_is_not_undone(person):
    twin = factories.a_person(first_name="Eva", last_name="Ávila-Stone", address="eva@old.example.org")
    merging.merge_people(kept=person, gone=twin, take=set(), by=factories.a_coordinator(), at=timezone.now())
    remove(Person.objects.get(pk=person.pk))
    merge = Merge.objects.get()
    assert (merge.label, merge.moved) == ("Removed person", [])
    with pytest.raises(MergeRefused, match="deleted"):
        merging.undo(merge, at=timezone.now())
    assert str(Person.objects.get(pk=twin.pk)) == "Removed person"


def test_mail_that_waits_is_called_off(person):
    Mail.objects.all().delete()
    Mail.objects.create(
        key=f"hello:{ADDRESS}", template="t", recipient=f"person:{person.uid}", address=ADDRESS, subject="Hi",
        message_id="<1@example.org>", created_at=NOW, due_at=NOW, text=f"Hello {NAME}",
    )  # fmt: skip
    other = Mail.objects.create(
        key="other", template="t", address="other@example.org", subject=f"{NAME} wrote",
        message_id="<2@e.org>", created_at=NOW, due_at=NOW, html=f"<p>{NAME}</p>",
    )  # fmt: skip
    remove(person)
    first = Mail.objects.order_by("pk").first()
    assert (first.state, first.address, first.text) == ("cancelled", "removed@removed.invalid", "")
    assert ADDRESS not in first.key
    other.refresh_from_db()
    assert (other.subject, other.html) == ("Removed person wrote", "<p>Removed person</p>")
    assert {field.__class__ for field in columns_of(Mail)} >= {CharField, TextField, JSONField}
