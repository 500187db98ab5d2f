"""The logo of a partner: a small picture, shown to everyone only where the partner agreed to that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.merging.domain import merging
from partners.models import Organization
from partners.people.domain import logos
from partners.people.imports import clean_picture
from tests.factories import NOW, a_contact, a_coordinator, a_network, a_user, an_organization
from tests.partners.pictures import JPEG, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    organization = an_organization(stage="partner", publicity="agreed")
    client.force_login(a_contact(organization).user)
    return organization


def picture(content=PNG, name="logo.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def send(client, organization, *, publicity="agreed", **fields):
    typed = {"about": "A district.", "website": "", "publicity": publicity, **fields}
    return client.post(reverse("mine_edit", args=[organization.slug]), typed)


def shown(client, organization):
    return client.get(reverse("partner_logo", args=[organization.slug]))


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_logo_is_uploaded_and_everyone_sees_it(client, partner):
    assert send(client, partner, new_logo=picture()).status_code == 302
    client.logout()
    answer = shown(client, partner)
    sent = b"".join(answer.streaming_content)
    assert (answer["Content-Type"], sent) == ("image/png", clean_picture(PNG).content)
    address = reverse("partner_logo", args=[partner.slug])
    assert address in text_of(client.get(partner.get_absolute_url()))
    assert address in text_of(client.get(reverse("partners")))


@pytest.mark.parametrize("publicity", ["", "name_only", "declined"])
def test_without_agreement_only_its_own_people_and_coordinators_see_it(client, partner, publicity):
    send(client, partner, publicity=publicity, new_logo=picture())
    address = reverse("partner_logo", args=[partner.slug])
    assert shown(client, partner).status_code == 200
    assert "Only you and the coordinators" in text_of(client.get(reverse("mine_edit", args=[partner.slug])))
    client.force_login(a_coordinator().user)
    assert shown(client, partner).status_code == 200
    client.force_login(a_user())
    assert shown(client, partner).status_code == 404
    assert address not in text_of(client.get(partner.get_absolute_url()))
    assert address not in text_of(client.get(reverse("partners")))


def test_of_who_is_no_partner_any_more_the_logo_is_not_shown(client, partner):
    send(client, partner, new_logo=picture())
    Organization.objects.filter(pk=partner.pk).update(stage="former")
    client.logout()
    assert shown(client, partner).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a PNG, JPEG or WebP picture."),
        (PNG + b"\x00" * logos.MOST_BYTES, "larger than 500 KB."),
        (PNG[:40], "This picture is damaged."),
        (b"", "The submitted file is empty."),
    ],
)
def test_what_is_no_small_picture_is_refused_and_the_words_stay(client, partner, content, sentence):
    page = send(client, partner, new_logo=picture(content))
    assert (page.status_code, sentence in text_of(page), "A district." in text_of(page)) == (422, True, True)
    assert not Organization.objects.get(pk=partner.pk).logo


def test_another_logo_takes_the_place_of_the_first_and_it_can_be_removed(
    client, partner, django_capture_on_commit_callbacks
):
    send(client, partner, new_logo=picture())
    first = Organization.objects.get(pk=partner.pk).logo
    with django_capture_on_commit_callbacks(execute=True):
        send(client, partner, new_logo=picture(JPEG, "logo.jpg"))
    assert not first.storage.exists(first.name)
    assert shown(client, partner)["Content-Type"] == "image/jpeg"
    with django_capture_on_commit_callbacks(execute=True):
        send(client, partner, without_logo="on")
    assert shown(client, partner).status_code == 404


def test_a_logo_is_sent_as_a_picture_alone_and_not_again(client, partner):
    send(client, partner, new_logo=picture())
    client.logout()
    first = shown(client, partner)
    assert (first["Content-Security-Policy"], first["Cache-Control"]) == (
        "default-src 'none'; sandbox",
        "public, no-cache",
    )
    assert first["X-Content-Type-Options"] == "nosniff"
    address = reverse("partner_logo", args=[partner.slug])
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_coordinator_uploads_for_a_partner(client, partner):
    client.force_login(a_coordinator().user)
    assert reverse("mine_edit", args=[partner.slug]) in text_of(client.get(partner.get_absolute_url()))
    assert send(client, partner, new_logo=picture()).status_code == 302
    assert Organization.objects.get(pk=partner.pk).logo


def test_the_page_of_a_network_shows_the_logos_of_co_hosts_that_agreed(client, partner):
    send(client, partner, new_logo=picture())
    network, other = a_network(), an_organization(stage="partner", publicity="declined", logo="logos/x")
    for organization in (partner, other):
        network.co_hosts.create(organization=organization)
    client.logout()
    page = text_of(client.get(network.get_absolute_url()))
    addresses = [reverse("partner_logo", args=[one.slug]) for one in (partner, other)]
    assert [address in page for address in addresses] == [True, False]


def merge_with_a_new_one(gone, **kept):
    kept = an_organization(stage="partner", publicity="agreed", **kept)
    merge = merging.merge_organizations(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=NOW)
    return kept, merge


def test_whoever_is_kept_in_a_merge_takes_the_logo_and_gives_it_back(client, partner):
    logos.set_logo(partner, picture())
    kept, merge = merge_with_a_new_one(partner)
    assert shown(client, kept).status_code == 200
    merging.undo(merge, at=NOW)
    assert [shown(client, one).status_code for one in (kept, partner)] == [404, 200]


def test_another_logo_after_a_merge_leaves_the_file_of_the_one_that_went(
    client, partner, django_capture_on_commit_callbacks
):
    logos.set_logo(partner, picture())
    kept, merge = merge_with_a_new_one(partner)
    kept.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        logos.set_logo(kept, picture(JPEG))
    merging.undo(merge, at=NOW)
    assert [shown(client, one).status_code for one in (kept, partner)] == [200, 200]


def test_a_logo_of_ones_own_stays_in_a_merge(partner):
    logos.set_logo(partner, picture())
    other = an_organization(stage="partner")
    logos.set_logo(other, picture(JPEG))
    own = other.logo.name
    merging.merge_organizations(kept=other, gone=partner, take=set(), by=a_coordinator(), at=NOW)
    other.refresh_from_db()
    assert other.logo.name == own
