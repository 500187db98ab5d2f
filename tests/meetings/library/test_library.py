"""The library: sharing, review, trials, reports, what a meeting shared, dead links, merging and leaving."""

from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings.gathering.domain import materials
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.library.domain import links, resources, trials
from meetings.library.domain.resources import Written
from meetings.library.exceptions import AlreadyThere, LibraryRefused, NotFromHere
from meetings.models import Resource, ResourceReport, Trial
from partners.exchange.domain import exchange
from partners.merging.domain.merging import merge_organizations, merge_people, undo
from partners.models import Need
from partners.people.domain.deletion import remove_person
from stemnet.models import Mail
from stemnet.outgoing import Answer, ask
from tests.factories import (
    NOW,
    a_category,
    a_contact,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_position,
    a_staff_member,
    a_user,
    an_organization,
)
from tests.meetings.gathering import contents
from tests.meetings.library.rows import a_resource

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)


@pytest.fixture
def person(client):
    user = a_user()
    a_position(user.person, organization=an_organization(name="Wareham"))
    client.force_login(user)
    return user.person


def typed(**fields):
    return {"title": "Waves", "summary": "A task.", "kind": "task", "license": "class", "send": "1", **fields}


def words_of(response):
    return response.content.decode()


def test_what_somebody_shares_is_read_first_and_then_everyone_sees_it(client, person):
    sent = typed(url="https://example.org/w", grades=["6-8"], subjects=["science"], standards="6.MS-PS4-1")
    assert client.post(reverse("resource_new"), sent).status_code == 302
    one = Resource.objects.get()
    assert (one.state, str(one.organization)) == ("review", "Wareham")
    assert client.get(reverse("library")).context["paginator"].count == 0
    client.force_login(a_staff_member().user)
    client.post(reverse("resource_act", args=[one.uid, "publish"]))
    client.logout()
    page = words_of(client.get(reverse("library")))
    assert ("Waves" in page, "Shared by Wareham" in page, str(person) in page) == (True, True, False)


def test_what_changes_after_it_was_read_is_read_again(client, person):
    one = a_resource(by=person)
    page = client.post(
        reverse("resource_edit", args=[one.uid]), typed(url="https://example.org/other"), follow=True
    )
    assert "once somebody has read it" in words_of(page)
    assert not Resource.objects.public().filter(pk=one.pk).exists()
    assert one.changes.latest("pk").to_status == "review"


def test_what_staff_hid_meanwhile_stays_hidden_and_what_they_change_stays_public(person):
    one, staff = a_resource(by=person), a_staff_member()
    written = resources.Written(columns={"title": "Other"})
    assert resources.save_resource(one, written, by=staff, at=NOW).state == "public"
    read_before = Resource.objects.get(pk=one.pk)
    resources.move(one, to="hidden", by=staff, at=NOW, reason="Not theirs")
    assert resources.save_resource(read_before, written, by=person, at=NOW).state == "hidden"


def test_a_file_that_is_not_what_it_says_is_refused_and_what_was_typed_stays(client, person):
    sent = typed(upload=SimpleUploadedFile("task.pdf", b"<html>no</html>"), standards="SMP.4")
    answer = client.post(reverse("resource_new"), sent)
    page = words_of(answer)
    assert (answer.status_code, 'value="Waves"' in page, "task.pdf" in page) == (422, True, True)
    assert Resource.objects.count() == 0


def test_a_file_is_handed_out_as_a_download(client, person):
    client.post(reverse("resource_new"), typed(upload=SimpleUploadedFile("task.pdf", contents.PDF)))
    answer = client.get(reverse("resource_file", args=[Resource.objects.get().uid]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="task.pdf"'
    assert b"".join(answer.streaming_content) == contents.PDF


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file, or type a link."),
        ({"summary": "", "url": "https://example.org/a"}, "Say in a sentence or two what it is."),
        ({"url": "https://example.org/a", "standards": "XX-9"}, "We don&#x27;t know the standard “XX-9”."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_is_missing_or_wrong_is_said_where_it_is(client, person, fields, sentence):
    answer = client.post(reverse("resource_new"), typed(**fields))
    assert (answer.status_code, sentence in words_of(answer), Resource.objects.count()) == (422, True, 0)


def test_the_same_link_twice_leads_to_the_one_that_is_there(client, person):
    there = a_resource(title="Ropes", url="https://example.org/w")
    page = words_of(client.post(reverse("resource_new"), typed(url="https://example.org/w")))
    assert ("in the library already: “Ropes”" in page, there.get_absolute_url() in page) == (True, True)


def test_the_database_keeps_a_link_from_standing_twice():
    a_resource(url="https://example.org/w")
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.create(title="Again", url="https://example.org/w", made_at=NOW, changed_at=NOW)


def test_scripts_in_a_description_are_words(client):
    one = a_resource(description="**Bold** <script>alert(1)</script> [x](javascript:alert(1))")
    page = words_of(client.get(one.get_absolute_url()))
    assert ("<strong>Bold</strong>" in page, "<script>alert" in page, 'href="javascript' in page) == (
        True,
        False,
        False,
    )


def test_only_staff_make_public_and_nobody_hides_without_a_reason():
    one, staff = a_resource(state="draft"), a_staff_member()
    with pytest.raises(NotFromHere):
        resources.move(one, to="public", by=one.contributor, at=NOW)
    one = resources.move(one, to="public", by=staff, at=NOW)
    with pytest.raises(LibraryRefused):
        resources.move(one, to="hidden", by=staff, at=NOW)
    resources.move(one, to="hidden", by=staff, at=NOW, reason="It names a student.")
    assert [step.to_status for step in one.changes.all()] == ["draft", "public", "hidden"]


def test_a_hidden_one_is_seen_by_its_contributor_with_the_reason(client):
    one = a_resource()
    resources.move(one, to="hidden", by=a_staff_member(), at=NOW, reason="It names a student.")
    assert client.get(one.get_absolute_url()).status_code == 404
    client.force_login(one.contributor.user)
    assert "It names a student." in words_of(client.get(one.get_absolute_url()))


def test_another_district_says_where_it_was_tried(client, person):
    one = a_resource()
    assert "Not tried yet" in words_of(client.get(one.get_absolute_url()))
    place = an_organization(name="Swansea")
    sent = {
        "workplace": "Swansea",
        "workplace_choice": place.slug,
        "on": "2020-09-01",
        "text": "Two lessons.",
    }
    answer = client.post(reverse("trial_new", args=[one.uid]), sent)
    assert answer.status_code == 302, words_of(answer)
    client.post(reverse("trial_new", args=[one.uid]), sent)
    one.refresh_from_db()
    assert (one.trial_count, str(one.trials.get().organization)) == (1, "Swansea")
    assert "Tried at Swansea" in words_of(client.get(reverse("library")))
    client.post(reverse("trial_remove", args=[one.trials.get().uid]))
    one.refresh_from_db()
    assert one.trial_count == 0


def test_a_day_ahead_is_no_trial():
    told = {"on": LATER.date(), "band": "", "text": "x", "by": a_user().person, "at": NOW}
    with pytest.raises(LibraryRefused):
        trials.add_trial(a_resource(), organization=an_organization(), **told)


def test_a_report_is_one_while_it_is_open_and_can_hide(client, person):
    one = a_resource()
    for _twice in range(2):
        client.post(reverse("resource_report", args=[one.uid]), {"what": "rights", "words": "Ours."})
    report = ResourceReport.objects.get()
    client.force_login(a_staff_member().user)
    assert "Ours." in words_of(client.get(reverse("library_review")))
    client.post(reverse("report_settle", args=[report.uid]), {"reason": "Not theirs to share."})
    one.refresh_from_db()
    report.refresh_from_db()
    assert (one.state, report.settled_at is not None) == ("hidden", True)


def test_what_a_meeting_shared_goes_in_with_one_press(client):
    staff = a_staff_member()
    network = a_network(meetings=0, subjects=["science"])
    meeting = a_meeting(network)
    shown = Shown(kind="handout", seen_by="registered", seen_from="now")
    with gathered([], [SimpleUploadedFile("waves.pdf", contents.PDF)]) as files:
        (material,) = materials.add_files(meeting, files, title="", shown=shown, by=staff, at=NOW)
    client.force_login(staff.user)
    page = reverse("resource_from_material", args=[material.uid])
    assert page in words_of(client.get(meeting.get_absolute_url()))
    for _twice in range(2):
        client.post(page)
    one = Resource.objects.get()
    assert (one.title, one.state, one.sha256) == ("waves", "draft", material.versions.get().sha256)
    assert [one.code for one in one.subjects.all()] == ["science"]
    assert page not in words_of(client.get(meeting.get_absolute_url()))


@pytest.mark.parametrize("is_public", [True, False])
def test_the_public_library_names_a_meeting_only_where_everyone_sees_it(client, is_public):
    network = a_network(meetings=0)
    group = a_group(network, is_public=is_public)
    meeting = a_meeting(network, title="Talk among us", working_group=group, in_slot=False)
    shown = Shown(kind="handout", seen_by="registered", seen_from="now")
    with gathered([], [SimpleUploadedFile("waves.pdf", contents.PDF)]) as files:
        (material,) = materials.add_files(meeting, files, title="", shown=shown, by=a_staff_member(), at=NOW)
    one = resources.from_material(material, by=a_staff_member(), at=NOW)
    Resource.objects.update(summary="Something.")
    resources.move(Resource.objects.get(), to="public", by=a_staff_member(), at=NOW)
    pages = [
        client.get(page) for page in (one.get_absolute_url(), reverse("library"), reverse("library_feed"))
    ]
    assert [answer.status_code for answer in pages] == [200, 200, 200]
    assert any("Talk among us" in words_of(answer) for answer in pages) == is_public


def test_the_same_file_twice_leads_to_the_one_that_is_there(client, person):
    there = a_resource(title="Ropes", by=person)
    Resource.objects.filter(pk=there.pk).update(url="", sha256=sha256(contents.PDF).hexdigest())
    sent = typed(upload=SimpleUploadedFile("again.pdf", contents.PDF))
    page = words_of(client.post(reverse("resource_new"), sent))
    assert ("in the library already: “Ropes”" in page, Resource.objects.count()) == (True, 1)


def test_two_without_a_link_are_two(client, person):
    for name, content in (("a.pdf", contents.PDF), ("b.pdf", contents.PDF + b"\n% b")):
        client.post(reverse("resource_new"), typed(title=name, upload=SimpleUploadedFile(name, content)))
    assert sorted(Resource.objects.values_list("title", flat=True)) == ["a.pdf", "b.pdf"]


def test_a_resource_answers_a_need_on_the_page_of_its_partner(client):
    partner = an_organization()
    contact = a_contact(partner)
    need = exchange.write_need(organization=partner, category=a_category(), at=NOW)
    one = a_resource(title="Ropes")
    client.force_login(contact.user)
    page = reverse("resource_needs", args=[one.uid])
    client.post(page, {"need": str(need.uid)})
    assert "Ropes" in words_of(client.get(reverse("needs_of", args=[partner.slug])))
    assert "It doesn't" in words_of(client.get(page))
    client.post(page, {"need": str(need.uid), "remove": "1"})
    assert not one.answers.exists()


def test_what_others_said_of_a_need_is_taken_back_by_its_partner_or_staff_alone(client):
    partner, others = an_organization(), a_contact(an_organization())
    need = exchange.write_need(organization=partner, category=a_category(), at=NOW)
    one = a_resource()
    trials.answer(one, need, by=a_staff_member(), at=NOW)
    page = reverse("resource_needs", args=[one.uid])
    client.force_login(others.user)
    assert "It doesn't" not in words_of(client.get(page))
    answer = client.post(page, {"need": str(need.uid), "remove": "1"}, follow=True)
    assert "Only the person who said so" in words_of(answer)
    assert one.answers.exists()
    trials.take_answer_back(one, need, by=a_contact(partner))
    assert not one.answers.exists()


def test_a_week_is_enough_for_however_many_links():
    first = a_resource()
    columns = {field.attname: getattr(first, field.attname) for field in Resource._meta.concrete_fields}
    others = [
        columns | {"id": None, "uid": uuid4(), "url": f"https://example.org/many/{n}"} for n in range(7200)
    ]
    Resource.objects.bulk_create(Resource(**one) for one in others)
    per_hour = links.check_links(at=NOW, asking=lambda url: Answer(True))
    assert per_hour * 7 * 24 >= 7201


def test_dead_links_are_told_once_after_two_weeks():
    one = a_resource()
    answers = [Answer(False, "answered 404")] * 3 + [Answer(True)]
    for week, answer in enumerate(answers):
        asked = links.check_links(at=NOW + timedelta(days=7 * week), asking=lambda url, answer=answer: answer)
        assert asked == 1
        again = links.check_links(at=NOW + timedelta(days=7 * week + 1), asking=lambda url: 1 / 0)
        assert again == 0
        if week == 1:
            assert "doesn't work" in Mail.objects.get(key__startswith="library_link").subject
    one.refresh_from_db()
    assert (Mail.objects.filter(key__startswith="library_link").count(), one.link_failed_at) == (1, None)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.7/x", "http://[::1]/", "ftp://example.org/"],
)
def test_no_address_inside_our_walls_is_asked(url):
    assert ask(url) == Answer(False, "no answer")


def test_resources_follow_who_is_merged_and_stay_when_somebody_leaves():
    one, by = a_resource(), a_coordinator()
    kept, place, other = a_user().person, an_organization(), an_organization(name="Kept")
    told = {"on": NOW.date(), "band": "", "text": "Fine.", "by": one.contributor, "at": NOW}
    trials.add_trial(one, organization=place, **told)
    merge_people(kept=kept, gone=one.contributor, take=set(), by=by, at=NOW)
    merge_organizations(kept=other, gone=place, take=set(), by=by, at=NOW)
    one.refresh_from_db()
    assert (one.contributor, Trial.objects.get().organization) == (kept, other)
    Resource.objects.update(organization=other)
    remove_person(kept, by=by, at=LATER, reason="Asked")
    one.refresh_from_db()
    assert (one.contributor, one.organization, one.state) == (None, other, "public")


def test_the_feed_holds_public_ones_by_their_uid(client):
    one = a_resource(title="Ropes & strings")
    a_resource(title="Hidden", state="review")
    feed = words_of(client.get(reverse("library_feed")))
    assert (f"urn:uuid:{one.uid}" in feed, "Ropes &amp; strings" in feed, "Hidden" in feed) == (
        True,
        True,
        False,
    )


def test_an_adaptation_names_what_it_was_made_from(client, person):
    one = a_resource(title="Ropes")
    client.post(
        f"{reverse('resource_new')}?from={one.uid}", typed(url="https://example.org/n", adapted_from=one.uid)
    )
    assert Resource.objects.get(title="Waves").adapted_from == one


def test_somebody_elses_unpublished_link_is_not_told():
    a_resource(url="https://example.org/w", state="review")
    with pytest.raises(AlreadyThere) as refused:
        a_resource(url="https://example.org/w")
    assert refused.value.resource is None


def test_who_shared_it_is_told_to_staff_alone(client, person):
    one = a_resource()
    assert str(one.contributor) not in words_of(client.get(one.get_absolute_url()))
    client.force_login(a_staff_member().user)
    assert str(one.contributor) in words_of(client.get(one.get_absolute_url()))


def test_what_others_count_while_a_form_is_sent_stays(person):
    one = a_resource(by=person)
    read_before = Resource.objects.get(pk=one.pk)
    Resource.objects.filter(pk=one.pk).update(trial_count=3)
    resources.save_resource(
        read_before, resources.Written(columns={"title": "Other"}), by=a_staff_member(), at=NOW
    )
    one.refresh_from_db()
    assert (one.title, one.trial_count) == ("Other", 3)


def test_a_new_link_is_not_called_dead():
    one = a_resource()
    Resource.objects.filter(pk=one.pk).update(link_failed_at=NOW, link_checked_at=NOW, link_said="no answer")
    changed = resources.Written(columns={"url": "https://example.org/mended"})
    one = resources.save_resource(Resource.objects.get(pk=one.pk), changed, by=a_staff_member(), at=NOW)
    one.refresh_from_db()
    assert (one.link_failed_at, one.link_checked_at, one.link_said) == (None, None, "")


def test_a_file_that_was_replaced_by_a_link_is_deleted(client, person, django_capture_on_commit_callbacks):
    file = SimpleUploadedFile("waves.pdf", contents.PDF)
    client.post(reverse("resource_new"), typed(upload=file))
    one = Resource.objects.get()
    storage, name = one.file.storage, one.file.name
    assert storage.exists(name)
    changed = resources.Written(columns={"url": "https://example.org/w"})
    with django_capture_on_commit_callbacks(execute=True):
        resources.save_resource(one, changed, by=person, at=NOW)
    assert not storage.exists(name)


@pytest.mark.parametrize(
    "again",
    [
        "http://example.org/waves",
        "https://www.example.org/waves/",
        "https://EXAMPLE.org:443/waves#top",
        "https://example.org/waves?utm_source=mail&utm_medium=x",
    ],
)
def test_the_same_page_is_known_however_its_link_is_typed(client, person, again):
    a_resource(title="Ropes", url="https://example.org/waves")
    page = words_of(client.post(reverse("resource_new"), typed(url=again)))
    assert ("in the library already: “Ropes”" in page, Resource.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    "other",
    ["https://example.org/waves?page=2", "https://example.org/Waves", "https://a.example.org/waves"],
)
def test_another_page_is_another_resource(client, person, other):
    a_resource(title="Ropes", url="https://example.org/waves")
    client.post(reverse("resource_new"), typed(url=other))
    assert Resource.objects.count() == 2


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://example.org/x", "Type a link that starts with https://."),
        ("https://me:secret@example.org/", "Leave the user name and the password out"),
        ("http://localhost/x", "Only people in your own building"),
        ("http://192.168.1.1/x", "Only people in your own building"),
        ("https://printer.lan/x", "Only people in your own building"),
    ],
)
def test_a_link_that_others_cant_open_is_refused_in_a_sentence(client, person, url, sentence):
    answer = client.post(reverse("resource_new"), typed(url=url))
    assert (answer.status_code, sentence in words_of(answer), Resource.objects.count()) == (422, True, 0)


def test_signs_that_nobody_sees_go_out_of_a_link(client, person):
    client.post(reverse("resource_new"), typed(url="https://example.org/a\u202eb"))
    assert Resource.objects.get().url == "https://example.org/ab"


def test_staff_publish_only_what_they_read(client, person):
    one = a_resource(state="review", by=person)
    client.force_login(a_staff_member().user)
    page = client.get(one.get_absolute_url()).content.decode()
    read = page.partition('name="read" value="')[2].partition('"')[0]
    resources.save_resource(one, Written(columns={"summary": "Buy now."}), by=person, at=LATER)
    publish = reverse("resource_act", args=[one.uid, "publish"])
    answer = client.post(publish, {"read": read})
    assert (answer.status_code, "changed since you read it" in words_of(answer)) == (422, True)
    one.refresh_from_db()
    assert one.state == "review"
    client.post(publish, {"read": resources.version_of(one)})
    one.refresh_from_db()
    assert one.state == "public"


def test_a_reason_that_cant_be_kept_settles_and_hides_nothing(client, person):
    one = a_resource()
    trials.report(one, what="wrong", words="", by=person, at=NOW)
    client.force_login(a_staff_member().user)
    settle = reverse("report_settle", args=[ResourceReport.objects.get().uid])
    for reason, sentence in (("No\x00", "Null characters are not allowed."), ("x" * 501, "at most 500")):
        answer = client.post(settle, {"reason": reason})
        assert (answer.status_code, sentence in words_of(answer)) == (422, True)
    assert "x" * 501 in answer.content.decode()
    hide = client.post(reverse("resource_act", args=[one.uid, "hide"]), {"reason": "y" * 501})
    assert (hide.status_code, "y" * 501 in hide.content.decode()) == (422, True)
    one.refresh_from_db()
    assert (one.state, ResourceReport.objects.get().settled_at) == ("public", None)


def test_staff_and_contributors_hear_of_each_others_steps(client, person):
    staff = a_staff_member()
    one, other = (a_resource(by=person, state="review") for _each in range(2))
    waiting = Mail.objects.filter(key__startswith="library_waiting", address=staff.primary_address)
    assert waiting.count() == 1
    client.force_login(staff.user)
    assert "resources to read" in words_of(client.get(reverse("staff")))
    resources.move(one, to="draft", by=staff, at=NOW, reason="Name the source.")
    resources.move(other, to="public", by=staff, at=NOW)
    told = Mail.objects.filter(key__startswith="library_decided", address=person.primary_address)
    returned, published = told.order_by("pk")
    assert ("returned" in returned.text, "Name the source." in returned.text) == (True, True)
    assert "is in the resource library now" in published.text
    resources.move(one, to="review", by=person, at=LATER)
    assert waiting.count() == 2


def test_what_staff_share_themselves_is_told_to_nobody():
    staff = a_staff_member()
    one = a_resource(by=staff, state="draft")
    resources.move(one, to="public", by=staff, at=NOW)
    resources.save_resource(one, Written(columns={"title": "New"}), by=staff, at=LATER)
    assert not Mail.objects.filter(key__startswith="library_").exists()


def test_ones_own_draft_is_deleted_with_its_file(client, person, django_capture_on_commit_callbacks):
    sent = typed(upload=SimpleUploadedFile("a.pdf", contents.PDF))
    client.post(reverse("resource_new"), {name: value for name, value in sent.items() if name != "send"})
    one = Resource.objects.get()
    assert (one.state, "Delete the draft" in words_of(client.get(one.get_absolute_url()))) == ("draft", True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("resource_remove", args=[one.uid]))
    assert (Resource.objects.count(), one.file.storage.exists(one.file.name)) == (0, False)


def test_nobody_deletes_what_others_have_seen_or_shared(client, person):
    mine, others = a_resource(by=person), a_resource(state="draft")
    answers = [client.post(reverse("resource_remove", args=[one.uid])) for one in (mine, others)]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert "Delete the draft" not in words_of(client.get(mine.get_absolute_url()))
    assert Resource.objects.count() == 2


def test_drafts_go_with_whoever_is_deleted(person):
    draft, shared = a_resource(by=person, state="draft"), a_resource(by=person)
    remove_person(person, by=a_coordinator(), at=LATER, reason="Asked")
    assert [one.pk for one in Resource.objects.all()] == [shared.pk]
    assert a_resource(url=draft.url)


def test_several_trials_of_one_organization_count_once():
    one, kept, other = a_resource(), an_organization(), an_organization()
    for place, text in ((kept, "Fine."), (kept, "Again."), (other, "Loud.")):
        told = {"on": NOW.date(), "band": "", "by": a_user().person, "at": NOW}
        trials.add_trial(one, organization=place, text=text, **told)
    one.refresh_from_db()
    assert one.trial_count == 2
    merge = merge_organizations(kept=kept, gone=other, take=set(), by=a_coordinator(), at=NOW)
    one.refresh_from_db()
    assert one.trial_count == 1
    undo(merge, at=NOW)
    one.refresh_from_db()
    assert one.trial_count == 2
    trials.remove_trial(other.trials.get())
    one.refresh_from_db()
    assert one.trial_count == 1


def test_a_trial_of_another_century_is_asked_again():
    told = {"band": "", "text": "Fine.", "by": a_user().person, "at": NOW}
    with pytest.raises(LibraryRefused, match="year"):
        trials.add_trial(a_resource(), organization=an_organization(), on=date(999, 1, 1), **told)


def test_a_withdrawn_need_stands_on_no_resource(client):
    partner = an_organization()
    need = exchange.write_need(organization=partner, category=a_category(), detail="Robots", at=NOW)
    one = a_resource()
    trials.answer(one, need, by=a_staff_member(), at=NOW)
    client.force_login(a_contact(partner).user)
    assert "Robots" in words_of(client.get(one.get_absolute_url()))
    Need.objects.update(withdrawn_at=NOW)
    assert "Robots" not in words_of(client.get(one.get_absolute_url()))


def test_signs_of_html_in_a_sentence_are_words_in_the_feed(client):
    a_resource(summary="If x<y, <b>stop</b>")
    feed = ElementTree.fromstring(client.get(reverse("library_feed")).content)
    summary = feed.find("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}summary")
    assert (summary.get("type"), summary.text) == ("html", "If x&lt;y, &lt;b&gt;stop&lt;/b&gt;")


def test_a_title_typed_meanwhile_takes_no_new_file_back(client, person, django_capture_on_commit_callbacks):
    client.post(reverse("resource_new"), typed(upload=SimpleUploadedFile("a.pdf", contents.PDF)))
    stale = Resource.objects.get()
    newer = SimpleUploadedFile("b.pdf", contents.PDF + b"\n% newer")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("resource_edit", args=[stale.uid]), typed(upload=newer))
        resources.save_resource(stale, Written(columns={"title": "Renamed"}), by=person, at=LATER)
    one = Resource.objects.get()
    assert (one.title, one.file_name, one.file.storage.exists(one.file.name)) == ("Renamed", "b.pdf", True)
