"""Memoranda on the repair desk: everything is found, nothing is changed."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import Mou, MouDocument, MouRole, MouText, Signature
from tests.factories import a_coordinator, a_mou, a_part, a_user
from tests.partners.signing_rows import a_circulated_mou, a_signature, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
MODELS = [Mou, MouText, MouRole, MouDocument, Signature]
NAMES = [model._meta.model_name for model in MODELS]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def page(name, what, *keys):
    return reverse(f"admin:partners_{name}_{what}", args=keys)


def key(name):
    return next(model for model in MODELS if model._meta.model_name == name).objects.first().pk


def many(signature, number):
    """Put so many more rows of each kind beside those of one signature."""
    document, part = signature.document, signature.part
    for step in range(number):
        mou = a_mou(title=f"Another {step}")
        role = a_part(mou)
        one = copy_of(document, mou=mou, text=mou.texts.first(), uid=uuid4())
        copy_of(document, mou=mou, text=mou.texts.first(), uid=uuid4(), number=2, replaced_by=one)
        stands = copy_of(part, document=one, role=role)
        copy_of(signature, document=one, part=stands, uid=uuid4())


def copy_of(row, **fields):
    values = {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
    return type(row).objects.create(**{**values, **fields})


@pytest.mark.parametrize("name", NAMES)
def test_lists_ask_the_database_equally_often_for_one_and_thirty(desk, name):
    signature, counts = a_signature(), []
    desk.get(page(name, "changelist"))
    for number in (1, 29):
        many(signature, number)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page(name, "changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "mourole"])  # which are asked for there
def test_nothing_is_added_changed_or_deleted(desk, name):
    a_signature()
    rows = {model: list(model.objects.values()) for model in MODELS}
    assert desk.get(page(name, "add")).status_code == 403
    assert desk.post(page(name, "change", key(name)), {"status": "signed"}).status_code == 403
    assert desk.post(page(name, "delete", key(name)), {"post": "yes"}).status_code == 403
    act = {"action": "delete_selected", "_selected_action": [key(name)], "post": "yes"}
    desk.post(page(name, "changelist"), act)
    assert {model: list(model.objects.values()) for model in MODELS} == rows


@pytest.mark.parametrize("name", NAMES)
def test_every_row_opens_for_coordinators_only(desk, client, name):
    signed(a_signature())
    assert desk.get(page(name, "change", key(name))).status_code == 200
    client.force_login(a_user())
    assert client.get(page(name, "change", key(name))).status_code in (302, 403)


def test_the_page_of_a_signature_shows_its_history_and_no_secret(desk):
    one = signed(a_signature())
    Signature.objects.update(token_hash="secret-link")
    shown = desk.get(page("signature", "change", one.pk)).content.decode()
    assert ("Asked to sign" in shown or "asked" in shown, one.typed_name in shown) == (True, True)
    assert ("secret-code" in shown, "secret-link" in shown) == (False, False)


def test_the_history_of_a_memorandum_can_be_read_and_not_reverted(desk):
    mou = a_circulated_mou()
    mou.notice_days = 90
    mou.save()
    old = mou.history.last()
    assert desk.get(page("mou", "history", mou.pk)).status_code == 200
    desk.post(reverse("admin:partners_mou_simple_history", args=[mou.pk, old.pk]), {"title": "Another"})
    mou.refresh_from_db()
    assert (mou.title == "Another", mou.notice_days) == (False, 90)


def test_a_whole_form_sent_to_an_old_memorandum_changes_nothing(desk):
    mou = a_circulated_mou()
    before = Mou.objects.values().get()
    address = reverse("admin:partners_mou_simple_history", args=[mou.pk, mou.history.last().pk])
    form = desk.get(address).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    whole = {name: value for name, value in typed.items() if value is not None} | {"title": "Another"}
    assert desk.post(address, whole).status_code == 403
    assert Mou.objects.values().get() == before
