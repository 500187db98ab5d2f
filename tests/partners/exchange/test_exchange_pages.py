"""A partner's own needs and contributions: written, changed, withdrawn; never another partner's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Category, Contribution, Match, MouRole, Need
from tests.factories import NOW, SWEEP, a_contact, a_coordinator, a_position, a_user, an_organization
from tests.partners.offers import a_contribution, a_match, a_need, mentors

pytestmark = pytest.mark.django_db
NEED = {"category": "mentor", "priority": "1", "detail": "Two mentors for robotics"}
GIFT = {"category": "mentor", "detail": "Four engineers", "quantity": "4 mentors", "public": "on"}


@pytest.fixture
def ours(client):
    """A partner whose lead contact is signed in."""
    mentors()
    organization = an_organization()
    client.force_login(a_contact(organization).user)
    return organization


def write(client, name, organization, **typed):
    return client.post(reverse(name, args=[organization.slug]), typed)


def test_a_contact_writes_a_need(client, ours):
    typed = {**NEED, "grade_bands": ["3-5", "6-8"], "wanted_by": "2020-12-01"}
    assert write(client, "need_new", ours, **typed).status_code == 302
    need = Need.objects.get()
    assert (need.organization, need.priority, need.grades) == (ours, 1, "3 to 5, 6 to 8")
    assert need.role is None


def test_a_contact_writes_a_contribution(client, ours):
    write(client, "contribution_new", ours, **GIFT)
    gift = Contribution.objects.get()
    assert (gift.organization, gift.quantity, gift.public) == (ours, "4 mentors", True)


def test_a_need_may_be_for_one_of_its_schools(client, ours):
    school, other = an_organization(part_of=ours, stage="none"), an_organization()
    write(client, "need_new", ours, **NEED, school=school.slug)
    assert Need.objects.get().school == school
    assert write(client, "need_new", ours, **NEED, school=other.slug).status_code == 422


def test_a_contact_names_a_school_that_nobody_listed(client, ours):
    for detail in ("Mentors", "Mentors for another grade"):
        write(client, "need_new", ours, **{**NEED, "detail": detail}, new_school=" Lincoln  Middle School")
    school = ours.parts.get()
    assert (school.name, school.sector, school.stage) == ("Lincoln Middle School", "school", "none")
    assert {need.school for need in Need.objects.all()} == {school}


def test_a_school_of_that_name_that_is_not_theirs_is_refused_and_kept(client, ours):
    an_organization(name="Lincoln Middle School", city=ours.city, state=ours.state)
    response = write(client, "need_new", ours, **NEED, new_school="lincoln middle school")
    page = response.content.decode()
    assert (response.status_code, Need.objects.count()) == (422, 0)
    assert ("not as one of yours" in page, 'value="lincoln middle school"' in page) == (True, True)


def test_a_school_is_chosen_or_named_not_both(client, ours):
    school = an_organization(part_of=ours, stage="none")
    response = write(client, "need_new", ours, **NEED, school=school.slug, new_school="Another")
    assert list(response.context["form"].errors) == ["new_school"]


def test_a_changed_need_may_be_for_a_school_that_nobody_listed(client, ours):
    need = a_need(organization=ours)
    client.post(reverse("need_edit", args=[need.uid]), {**NEED, "new_school": "Lincoln Middle School"})
    need.refresh_from_db()
    assert str(need.school) == "Lincoln Middle School"


def test_a_need_may_be_for_a_teacher_who_works_there(client, ours):
    teacher = a_position(a_user().person, organization=an_organization(part_of=ours)).person
    write(client, "need_new", ours, **NEED, teacher_address=teacher.primary_address.upper())
    assert Need.objects.get().teacher == teacher


def test_a_need_is_not_written_for_a_teacher_of_another_partner(client, ours):
    stranger = a_position(a_user().person).person
    answer = write(client, "need_new", ours, **NEED, teacher_address=stranger.primary_address)
    assert (answer.status_code, Need.objects.count()) == (422, 0)


def test_other_partners_see_that_it_is_for_a_teacher_but_not_for_whom(client, ours):
    need = a_need(teacher=a_position(a_user(last_name="Whoever").person).person)
    page = client.get(reverse("needs_of", args=[need.organization.slug])).content.decode()
    assert ("for a teacher" in page, "Whoever" in page) == (True, False)


@pytest.mark.parametrize(
    "typed",
    [
        {"category": "", "priority": "1"},
        {"category": "nonsense", "priority": "1"},
        {"category": "mentor", "priority": "7"},
        {"category": "mentor", "priority": "1", "detail": "x" * 501},
        {"category": "mentor", "priority": "1", "wanted_by": "soon"},
        {"category": "mentor", "priority": "1", "grade_bands": ["13"]},
    ],
)
def test_bad_input_is_refused_and_kept(client, ours, typed):
    answer = write(client, "need_new", ours, **typed)
    assert (answer.status_code, Need.objects.count()) == (422, 0)
    assert typed.get("detail", "") in answer.content.decode()


def test_a_contribution_can_not_end_before_it_begins(client, ours):
    window = {"available_from": "2020-12-01", "available_until": "2020-11-30"}
    answer = write(client, "contribution_new", ours, **GIFT, **window)
    assert "end before it starts" in answer.content.decode()


def test_a_category_taken_out_of_the_forms_is_not_offered(client, ours):
    Category.objects.filter(code="mentor").update(active=False)
    assert write(client, "need_new", ours, **NEED).status_code == 422


def test_a_need_is_changed(client, ours):
    need = a_need(organization=ours)
    client.post(reverse("need_edit", args=[need.uid]), {**NEED, "detail": "Three now"})
    need.refresh_from_db()
    assert need.detail == "Three now"


def test_the_category_of_what_is_matched_stays(client, ours):
    match = a_match(need=a_need(organization=ours))
    other = Category.objects.exclude(code="mentor").first()
    address = reverse("need_edit", args=[match.need.uid])
    assert client.post(address, {**NEED, "category": other.code}).status_code == 422
    match.need.refresh_from_db()
    assert match.need.category == mentors()


def test_withdrawing_a_contribution_drops_its_matches_and_opens_the_gap(client, ours):
    match = a_match(contribution=a_contribution(organization=ours), state="confirmed")
    client.post(reverse("contribution_withdraw", args=[match.contribution.uid]))
    match.refresh_from_db()
    assert match.state == Match.State.DROPPED
    assert list(Need.objects.gaps()) == [match.need]


def test_withdrawing_twice_is_not_found(client, ours):
    need = a_need(organization=ours)
    address = reverse("need_withdraw", args=[need.uid])
    assert [client.post(address).status_code for _time in range(2)] == [302, 404]


def test_what_stands_in_a_part_of_the_mou_is_changed_there_only(client, ours):
    need = a_need(organization=ours, role=MouRole.objects.get())
    page = client.get(reverse("needs_of", args=[ours.slug])).content.decode()
    assert "draft for the MOU, not signed yet" in page
    assert reverse("need_edit", args=[need.uid]) not in page
    assert client.post(reverse("need_edit", args=[need.uid]), NEED).status_code == 422
    client.post(reverse("need_withdraw", args=[need.uid]))
    need.refresh_from_db()
    assert (need.detail, need.withdrawn_at) == ("", None)
    with pytest.raises(ExchangeRefused, match="committed"):
        exchange.change_need(need, by=SWEEP, at=NOW, detail="x")


def test_no_get_withdraws(client, ours):
    need = a_need(organization=ours)
    assert client.get(reverse("need_withdraw", args=[need.uid])).status_code == 405


@pytest.mark.parametrize("role", ["stranger", "position", "other contact", "withdrawn contact"])
def test_nobody_else_writes_for_a_partner(client, role):
    match = a_match()
    theirs = match.need.organization
    person = a_user().person
    if role == "position":
        a_position(person, organization=theirs)
    elif role == "other contact":
        a_contact(an_organization(), person)
    elif role == "withdrawn contact":
        a_contact(theirs, person)
        MouRole.objects.update(status="withdrawn")
    client.force_login(person.user)
    tried = [
        client.get(reverse("need_new", args=[theirs.slug])),
        client.post(reverse("need_new", args=[theirs.slug]), NEED),
        client.post(reverse("contribution_new", args=[theirs.slug]), GIFT),
        client.post(reverse("need_edit", args=[match.need.uid]), NEED),
        client.post(reverse("need_withdraw", args=[match.need.uid])),
        client.post(reverse("contribution_edit", args=[match.contribution.uid]), GIFT),
        client.post(reverse("contribution_withdraw", args=[match.contribution.uid])),
        client.get(reverse("match", args=[match.uid])),
        client.post(reverse("match_act", args=[match.uid, "confirm"])),
    ]
    assert {answer.status_code for answer in tried} == {404}
    assert (Need.objects.count(), Contribution.objects.count()) == (1, 1)


def test_one_who_answers_for_two_chooses(client, ours):
    person = MouRole.objects.get().lead_contact
    assert client.get(reverse("our_needs")).url == reverse("needs_of", args=[ours.slug])
    second = an_organization()
    a_contact(second, person)
    assert list(client.get(reverse("our_needs")).context["organizations"]) == sorted(
        [ours, second], key=lambda one: one.name
    )


def test_the_list_asks_the_same_for_one_row_and_for_thirty(client, ours):
    address = reverse("needs_of", args=[ours.slug])
    rows(ours, 1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    rows(ours, 30)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)


def rows(organization, number):
    for _row in range(number):
        a_match(need=a_need(organization=organization))
        a_match(contribution=a_contribution(organization=organization))


def test_the_public_see_public_contributions_only(client):
    gift = a_contribution(public=True, detail="For everyone")
    a_contribution(organization=gift.organization, detail="For partners")
    a_match(need=a_need(organization=gift.organization, detail="Our need"), state="confirmed")
    page = client.get(reverse("needs_of", args=[gift.organization.slug])).content.decode()
    assert [words in page for words in ("For everyone", "For partners", "Our need")] == [True, False, False]


def test_what_was_withdrawn_can_not_be_changed():
    need = a_need()
    exchange.withdraw_need(need, by=SWEEP, at=NOW)
    with pytest.raises(ExchangeRefused, match="withdrawn"):
        exchange.change_need(need, by=SWEEP, at=NOW, detail="x")


def test_the_repair_desk_says_why_a_category_in_use_stays(client):
    need = a_need()
    client.force_login(a_coordinator().user)
    address = reverse("admin:partners_category_delete", args=[need.category_id])
    assert client.get(address).status_code == 302
    answer = client.post(address, {"post": "yes"}, follow=True)
    assert "is in use by needs" in answer.content.decode()
    assert Category.objects.filter(pk=need.category_id).exists()


def test_a_category_that_nobody_uses_is_deleted(client):
    unused = Category.objects.create(code="unused", name="Unused")
    client.force_login(a_coordinator().user)
    client.post(reverse("admin:partners_category_delete", args=[unused.pk]), {"post": "yes"})
    assert not Category.objects.filter(code="unused").exists()


def test_the_page_of_a_partner_shows_its_public_contributions(client):
    gift = a_contribution(public=True, detail="For everyone")
    a_contribution(organization=gift.organization, detail="For partners")
    ended = a_contribution(organization=gift.organization, public=True, detail="Long ago")
    exchange.withdraw_contribution(ended, by=SWEEP, at=NOW)
    page = client.get(gift.organization.get_absolute_url()).content.decode()
    shown = [words in page for words in ("For everyone", "For partners", "Long ago")]
    assert shown == [True, False, False]
