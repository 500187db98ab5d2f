"""Digital badges, checked by two libraries that did not write them: joserfc and openbadgeslib."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography import x509
from django.test import Client
from django.urls import reverse
from joserfc import jwk, jws
from joserfc.errors import BadSignatureError
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from partners.models import EducatorNumber
from registrations.credit.domain import issuing, replacing
from registrations.models import Document, Seal
from stemnet import pdf_seal
from tests import seal_keys
from tests.factories import SWEEP, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
SITE = "https://stem.example.org"
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def now():
    with time_machine.travel(JUNE + timedelta(days=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def seal(settings, tmp_path, now):
    settings.SITE_URL = SITE
    settings.SEAL_PASSWORD = seal_keys.PASSWORD
    settings.SEAL_FILE = seal_keys.a_seal_file(tmp_path, begins=BEGUN)


@pytest.fixture
def document(seal):
    registration = a_participant(an_awarding_network(), person=a_user().person)
    return issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)


def asked(document) -> str:
    client = Client()
    client.force_login(document.person.user)
    response = client.post(reverse("document_credential", args=[document.uid]))
    assert response["Content-Disposition"] == f'attachment; filename="badge-{document.number}.jwt"'
    return response.content.decode()


def fetched(address):
    """What stands at an address that a credential names."""
    response = Client().get(address.removeprefix(SITE))
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")
    return response.json()


def payload_of(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def public_pem():
    certificate = x509.load_pem_x509_certificate(Seal.objects.latest("pk").pem.encode())
    return certificate.public_key()


def test_the_signature_holds_by_the_key_at_the_address_that_it_names(document):
    token = asked(document)
    header = jws.extract_compact(token.encode()).headers()
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    key = jwk.RSAKey.import_key(fetched(header["kid"]))
    assert not key.is_private
    jws.deserialize_compact(token, key, algorithms=["RS256"])
    head, body, signature = token.split(".")
    changed = json.dumps({**payload_of(token), "name": "Another"}).encode()
    forged = base64.urlsafe_b64encode(changed).rstrip(b"=").decode()
    assert forged != body
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(f"{head}.{forged}.{signature}", key, algorithms=["RS256"])


def test_a_library_for_open_badges_accepts_it(document):
    credential = OB3Verifier(pubkey_pem=public_pem()).verify(asked(document))
    assert credential.issuer.id == f"{SITE}/credentials/issuer.json"
    assert credential.achievement.name == "PDP certificate: STE District Leaders Network, 2020-21"
    assert credential.issuance_date == JUNE


def test_the_same_library_refuses_it_under_another_key(document):
    other = seal_keys.an_rsa_key(3072).public_key()
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pubkey_pem=other).verify(asked(document))


def test_it_has_what_the_specification_wants(document):
    """Open Badges 3.0: required properties of the credential, its subject and its achievement."""
    said = payload_of(asked(document))
    assert said["@context"][:2] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (said["iss"], said["jti"]) == (said["issuer"]["id"], said["id"])
    assert (said["validFrom"], said["nbf"]) == ("2021-06-02T15:00:00Z", int(JUNE.timestamp()))
    subject = said["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert (subject["creditsEarned"], subject["narrative"]) == (15.0, "15 hours, 15 PDPs")
    assert (subject["activityStartDate"], subject["activityEndDate"]) == (
        "2020-10-14T00:00:00Z",
        "2021-05-26T00:00:00Z",
    )
    achievement = subject["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)
    assert achievement["achievementType"] == "CertificateOfCompletion"
    assert achievement["criteria"]["narrative"] == "An action plan for the district."
    assert said["issuer"] == {
        key: value for key, value in fetched(said["issuer"]["id"]).items() if key != "@context"
    } | {"name": said["issuer"]["name"]}


def test_whoever_knows_the_address_finds_the_person_and_nobody_else_reads_of_them(document):
    person = document.person
    EducatorNumber.objects.create(
        person=person, kind="MEPID", number="00012345", on_documents=True, typed_at=JUNE
    )
    token = asked(document)
    (identity,) = payload_of(token)["credentialSubject"]["identifier"]
    known = hashlib.sha256(f"{person.primary_address}{identity['salt']}".encode()).hexdigest()
    assert (identity["hashed"], identity["identityHash"]) == (True, f"sha256${known}")
    words = json.dumps(payload_of(token))
    for private in (person.primary_address, str(person), person.last_name, "00012345"):
        assert private not in words
    assert identity["salt"] not in asked(document)


def test_a_confirmation_gives_a_badge_without_units(seal):
    registration = a_participant(an_awarding_network(), person=a_user().person)
    said = payload_of(asked(issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)))
    assert "creditsEarned" not in said["credentialSubject"]
    assert "achievementType" not in said["credentialSubject"]["achievement"]


def test_its_status_says_when_it_was_withdrawn(document):
    said = payload_of(asked(document))
    status = said["credentialStatus"]
    assert status["type"] == "1EdTechRevocationList"
    assert fetched(status["id"]) == {
        "id": status["id"],
        "issuer": said["issuer"]["id"],
        "revokedCredentials": [],
    }
    replacing.revoke(document=document, reason="Private matter", by=SWEEP, at=JUNE)
    (gone,) = fetched(status["id"])["revokedCredentials"]
    assert gone == {"id": said["id"], "revoked": True, "revocationReason": "Revoked"}
    assert Client().get(said["id"].removeprefix(SITE)).status_code == 200


def test_a_withdrawn_document_gives_no_badge(document):
    replacing.revoke(document=document, reason="Wrong person", by=SWEEP, at=JUNE)
    client = Client()
    client.force_login(document.person.user)
    response = client.post(reverse("document_credential", args=[document.uid]), follow=True)
    assert "is no longer valid, so it gives no badge." in response.content.decode()


def test_only_its_person_gets_it_and_only_by_a_post(document):
    address = reverse("document_credential", args=[document.uid])
    client = Client()
    client.force_login(a_user())
    assert client.post(address).status_code == 404
    client.force_login(document.person.user)
    assert client.get(address).status_code == 405
    assert Client().post(address).status_code == 302


def test_what_a_key_of_before_signed_can_still_be_checked(document, settings, tmp_path):
    token = asked(document)
    key = seal_keys.an_rsa_key(3072)
    settings.SEAL_FILE = seal_keys.a_seal_file(tmp_path, begins=BEGUN, name="The next one", key=key)
    asked(document)
    keys = {one["kid"]: one for one in fetched(f"{SITE}{reverse('credential_keys')}")["keys"]}
    assert len(keys) == 2
    kid = jws.extract_compact(token.encode()).headers()["kid"]
    jws.deserialize_compact(token, jwk.RSAKey.import_key(keys[kid]), algorithms=["RS256"])


def test_a_key_whose_certificate_has_ended_signs_nothing(document, now):
    now.move_to(BEGUN + timedelta(days=3651))
    client = Client()
    client.force_login(document.person.user)
    response = client.post(reverse("document_credential", args=[document.uid]), follow=True)
    assert "its certificate ended on December 29, 2029" in response.content.decode()


def test_without_a_key_there_is_no_button_and_a_post_is_refused(now):
    registration = a_participant(an_awarding_network(), person=a_user().person)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    client = Client()
    client.force_login(document.person.user)
    page = client.get(reverse("my_documents", args=[document.network.slug])).content.decode()
    assert "digital badge" not in page
    response = client.post(reverse("document_credential", args=[document.uid]), follow=True)
    assert "This portal has no key to sign badges with." in response.content.decode()


def test_the_button_stands_beside_a_valid_document(document):
    client = Client()
    client.force_login(document.person.user)
    page = client.get(reverse("my_documents", args=[document.network.slug])).content.decode()
    assert "Download as a digital badge" in page


def test_unknown_keys_and_codes_are_not_found(seal):
    assert Client().get(reverse("credential_key", args=["0" * 64])).status_code == 404
    assert Client().get(reverse("credential_status", args=["7KQM-4HZD-92XW-TP3C"])).status_code == 404
    assert pdf_seal.seal_key() is not None
    assert not Document.objects.exists()
