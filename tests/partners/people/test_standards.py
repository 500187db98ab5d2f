"""Standards, subjects and interests: typed by code, renamed, chosen by people and needs."""

from html import unescape
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.models import Rewording, Standard, Subject
from partners.people.domain import standards
from partners.people.forms.standards_field import StandardsField
from tests.factories import NOW, a_category, a_coordinator, a_user, an_organization

pytestmark = pytest.mark.django_db


def typed(words):
    return [str(one) for one in StandardsField().clean(words)]


def refusal(words):
    with pytest.raises(forms.ValidationError) as refused:
        StandardsField().clean(words)
    return refused.value.messages


def test_the_standards_of_massachusetts_are_there_with_their_sources():
    found = {(one.framework.code, one.framework.year) for one in Standard.objects.select_related("framework")}
    assert found == {("ma-ste-2016", 2016), ("ma-math-2017", 2017)}


def test_writing_them_again_keeps_what_coordinators_changed():
    Standard.objects.filter(code="HS-PS3-2").update(text="Ours")
    number = Standard.objects.count()
    import_module("partners.migrations._subject_lists").write_lists(apps, None)
    assert (Standard.objects.get(code="HS-PS3-2").text, Standard.objects.count()) == ("Ours", number)


def test_codes_are_typed_in_any_case_between_commas_and_each_once():
    assert typed("hs-ps3-2, 6.MS-PS4-1;HS-PS3-2,, smp.4") == ["HS-PS3-2", "6.MS-PS4-1", "SMP.4"]


def test_a_part_of_a_code_is_enough_where_one_standard_has_it():
    assert typed("ETS4-5") == ["HS-ETS4-5(MA)"]


def test_what_nobody_knows_or_several_have_is_refused_by_name():
    assert refusal("HS-PS9-9") == ["We don't know the standard “HS-PS9-9”."]
    assert refusal("PS3-3") == ["“PS3-3” could be 4-PS3-3, 7.MS-PS3-3, HS-PS3-3. Type the whole code."]


def test_a_standard_that_was_renamed_is_found_by_both_codes():
    one = Standard.objects.get(code="HS-PS3-2")
    one.code = "HS-PS3-2(MA)"
    standards.save_standard(one)
    assert (typed("HS-PS3-2"), typed("hs-ps3-2(ma)")) == (["HS-PS3-2(MA)"], ["HS-PS3-2(MA)"])
    one.code = "HS-PS3-2"
    standards.save_standard(one)
    assert one.former_codes == "HS-PS3-2(MA)"


def test_a_standard_that_another_replaced_stands_for_that_one():
    old, new = Standard.objects.get(code="HS-PS3-1"), Standard.objects.get(code="HS-PS3-3")
    Standard.objects.filter(pk=old.pk).update(replaced_by=new)
    assert typed("HS-PS3-1") == ["HS-PS3-3"]
    newest = Standard.objects.get(code="HS-PS3-2")
    Standard.objects.filter(pk=new.pk).update(replaced_by=newest)
    assert typed("HS-PS3-1, HS-PS3-3") == ["HS-PS3-2"]


def test_a_standard_that_comes_back_to_itself_is_refused_in_the_admin(client):
    first, second, third = Standard.objects.filter(code__startswith="HS-PS3-")[:3]
    Standard.objects.filter(pk=second.pk).update(replaced_by=third)
    Standard.objects.filter(pk=third.pk).update(replaced_by=first)
    client.force_login(a_coordinator().user)
    columns = ("code", "text", "strand", "former_codes", "position")
    sent = {name: getattr(first, name) for name in columns} | {"active": "on", "subject": first.subject_id}
    sent |= {"framework": first.framework_id, "replaced_by": second.pk}
    page = client.post(reverse("admin:partners_standard_change", args=[first.pk]), sent)
    assert "was itself replaced by this one" in page.content.decode()
    first.refresh_from_db()
    assert first.replaced_by is None


LONG = ", ".join(f"OLD-{n}-1111" for n in range(16))  # 196 signs


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"code": "---"}, "Type a code with letters or digits."),
        ({"code": "hs ps3 2"}, "It's in the list already, as HS-PS3-2."),
        ({"former_codes": "OLD-1, ---"}, "Type codes with letters or digits."),
        ({"former_codes": "HS-PS3-2"}, "HS-PS3-2 is another standard now. Take it out here."),
        ({"code": "NEW-1", "former_codes": LONG}, "With HS-PS3-1 it's too long."),
        ({"replaced_by": "itself"}, "A standard can't replace itself."),
    ],
)
def test_what_would_be_found_by_two_or_by_nothing_is_refused_at_its_field(client, columns, sentence):
    one = Standard.objects.get(code="HS-PS3-1")
    client.force_login(a_coordinator().user)
    names = ("code", "text", "strand", "former_codes", "position")
    sent = {name: getattr(one, name) for name in names} | {"active": "on", "subject": one.subject_id}
    sent |= {"framework": one.framework_id, "replaced_by": ""} | columns
    sent["replaced_by"] = one.pk if sent["replaced_by"] else ""
    page = client.post(reverse("admin:partners_standard_change", args=[one.pk]), sent)
    assert (page.status_code, sentence in unescape(page.content.decode())) == (200, True)


def test_standards_that_already_lead_in_a_circle_end_somewhere():
    first, second = Standard.objects.filter(code__startswith="HS-PS3-")[:2]
    Standard.objects.filter(pk=first.pk).update(replaced_by=second)
    Standard.objects.filter(pk=second.pk).update(replaced_by=first)
    assert typed(first.code) == [second.code]


def test_the_admin_keeps_the_code_that_it_changes(client):
    client.force_login(a_coordinator().user)
    one = Standard.objects.get(code="SMP.4")
    page = reverse("admin:partners_standard_change", args=[one.pk])
    columns = ("text", "strand", "former_codes", "position")
    sent = {name: getattr(one, name) for name in columns} | {"code": "MP4", "active": "on"}
    sent |= {"subject": one.subject_id, "framework": one.framework_id, "replaced_by": ""}
    assert client.post(page, sent).status_code == 302
    one.refresh_from_db()
    assert (one.code, one.former_codes) == ("MP4", "SMP.4")
    found = client.get(reverse("admin:partners_standard_changelist"), {"q": "ETS4-5"})
    assert [row.code for row in found.context["cl"].result_list] == ["HS-ETS4-5(MA)"]


def test_people_say_which_subjects_they_care_about(client):
    user = a_user()
    client.force_login(user)
    page = reverse("profile")
    sent = {"first_name": "Science", "last_name": "Lead", "language": "en"}
    client.post(page, {**sent, "interests": ["science", "history"]})
    assert [one.subject.code for one in user.person.interests.all()] == ["science", "history"]
    client.post(page, {**sent, "interests": ["history"]})
    assert [one.subject.code for one in user.person.interests.all()] == ["history"]


def test_a_need_has_subjects_and_standards_and_keeps_what_it_said():
    need = exchange.write_need(
        organization=an_organization(),
        category=a_category(),
        at=NOW,
        subjects=Subject.objects.filter(code="science"),
        standards=Standard.objects.filter(code="HS-PS3-2"),
    )
    exchange.change_need(need, by=a_coordinator(), at=NOW, subjects=[], standards=need.standards.all())
    assert ([str(one) for one in need.standards.all()], need.subjects.count()) == (["HS-PS3-2"], 0)
    assert Rewording.objects.get().said == [("subjects", "Science and technology/engineering")]
