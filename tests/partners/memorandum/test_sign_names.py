"""Names that change before it is signed, and names that are typed otherwise than they stand there."""

import pytest

from partners.memorandum.domain import document_words, freezing, sign_requests
from partners.memorandum.domain.signing_names import same_name
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import Organization, Signature
from tests.partners.signing_pages import address, get_code, sign, words
from tests.partners.signing_rows import (
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
NEW = "Unified School District"


def one_signed():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou)
    return mou, signed(Signature.objects.get())


def locked_again(mou, *, weight):
    a_next_text(mou, body="Every child builds.", weight=weight)
    (document,) = locked(mou, at=LATER, weight=weight)
    return document


def renamed(mou):
    Organization.objects.filter(mou_roles__mou=mou).update(name=NEW)


def test_a_signature_binds_the_name_that_the_document_says_and_the_page_says_the_new_one(client, signature):
    old = signature.organization_name
    Organization.objects.update(name=NEW)
    assert f"{old} is now called {NEW}." in words(client.get(address(signature)))
    sign(client, signature)
    signature.refresh_from_db()
    assert (signature.status, signature.organization_name, NEW in signature.statement) == (
        "signed",
        old,
        False,
    )


def test_a_new_document_names_an_organization_as_it_is_called_by_then():
    mou, first = one_signed()
    renamed(mou)
    document = locked_again(mou, weight="material")
    asked = Signature.objects.asked().get()
    assert (document.words["parts"][0]["organization"], asked.organization_name) == (NEW, NEW)
    assert first.document.words["parts"][0]["organization"] != NEW


def test_a_new_document_names_the_leader_who_signs_by_then():
    mou, first = one_signed()
    Signature.objects.update(status="declined")
    new = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org"}
    sign_requests.name_another(first.part, **new, reason="Retired", by=boss(mou), at=LATER)
    signed(Signature.objects.asked().get())
    document = locked_again(mou, weight="material")
    assert "Signs for" in document.html
    assert "Ada Byron, Dean" in document.html


def test_another_name_alone_does_not_ask_a_partner_for_an_editorial_change():
    mou, _first = one_signed()
    renamed(mou)
    document = locked_again(mou, weight="editorial")
    assert (document.parts.get().organization_name, Signature.objects.asked().exists()) == (NEW, False)


def test_a_name_that_changed_after_the_page_to_lock_was_opened_is_not_locked_unseen():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    seen = document_words.gather_for_freezing(mou).digest
    renamed(mou)
    with pytest.raises(ChangedMeanwhile):
        freezing.freeze_for_signature(mou, seen=seen, by=boss(mou), at=LATER)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Siobhan O'Brien", "Siobhan O’Brien"),
        ("Siobhan OBrien", "Siobhán O´Brien"),
        ("anne-marie ST JOHN", "Anne‑Marie St. John"),
        ("Anne–Marie St.  John", "Anne Marie St John"),
        ("Jose\u0301 Núñez", "José Nun\u0303ez"),
        ("Jose Nunez", "José Núñez"),
        ("Lukasz Soderstrom", "Łukasz Söderström"),
        ("Jane Strasse", "Jane Straße"),
        ("Jane\u00a0Do\u00ade\u200b", "Jane Doe"),
        ("Jane Doe", "Dr. Jane Doe, Ed.D."),
        ("Dr Jane Doe", "Jane Doe"),
        ("The Honorable Dr. Jane Doe", "Jane Doe, Ph. D., M.Ed."),
        ("JANE DOE EDD", "Jane Doe"),
        ("Jane Doe, MA", "Prof. Jane Doe"),
        ("YO-YO MA", "Yo-Yo Ma"),
        ("Mary T Doe", "Mary T. Doe"),
        ("Jane Doe, Jr.", "Jane Doe Jr"),
        ("王 小明", "王小明"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed, stands):
    assert (same_name(typed, stands), same_name(stands, typed)) == (True, True)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Jane Roe", "Jane Doe"),
        ("Doe", "Jane Doe"),
        ("Yo-Yo", "Yo-Yo Ma"),
        ("Grace Kim", "Grace Kim Ma"),
        ("Smith", "Ed D. Smith"),
        ("Jane Doe", "Jane Doe Jr."),
        ("Dr.", "Jane Doe"),
        ("…", "Jane Doe"),
        ("Jane Doe \N{GRINNING FACE}", "Jane Doe"),
        ("\u202eJane Doe", "Jane Doe"),
        ("", "Jane Doe"),
    ],
)
def test_another_name_is_another(typed, stands):
    assert same_name(typed, stands) is False


def test_what_was_typed_stands_in_the_signature_and_its_evidence(client, signature):
    Signature.objects.update(signatory_name="Dr. Siobhán O’Brien")
    signature.refresh_from_db()
    sign(client, signature, **{"sign-typed_name": "Siobhan O'Brien"})
    signature.refresh_from_db()
    assert (signature.status, signature.typed_name) == ("signed", "Siobhan O'Brien")
    assert "Name as typed Siobhan O&#x27;Brien" in words(client.get(address(signature)))


def test_another_name_is_refused_beside_its_field_and_everything_typed_stays(client, signature):
    code = get_code(client, signature)
    answer = sign(client, signature, code=code, **{"sign-typed_name": "Somebody Else"})
    form = answer.context["sign_form"]
    said = (
        f"You typed “Somebody Else”, but the document names {signature.signatory_name}. "
        "Type that name to sign. Accents, capital letters and titles such as “Dr.” don't matter."
    )
    assert (answer.status_code, form.errors["typed_name"]) == (422, [said])
    assert (form["code"].value(), form["typed_name"].value()) == (code, "Somebody Else")
    assert sign(client, signature, code=code).status_code == 302


def test_who_drafts_the_part_does_not_sign_it_under_another_spelling(signature):
    role = signature.part.role
    first, last = role.drafter.first_name, role.drafter.last_name
    with pytest.raises(MouRefused):
        sign_requests.check_signatory(role, name=f"Dr. {first.upper()}\u200b {last}", address="a@example.org")
