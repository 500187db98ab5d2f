"""How many statements each page and act may take; `tests/budgets.py` has the numbers, and only falls.

What takes more fails with its statements, grouped. Whoever made something cheaper writes the file anew:

    BUDGETS=new make one T=tests/test_budgets.py
"""

import json
import os
import re
from collections import Counter
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.wire import APART, shape_of
from partners.people.domain.kept_forms import account_of
from registrations.attendance.domain import room_codes
from registrations.credit.domain import issuing
from registrations.models import Hold, Registration
from stemnet.models import Mail
from stemnet.outbox import delivery
from tests import budgets, factories
from tests.permission_table import POSTS, TABLE
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.test_permissions import address_of
from tests.world import ROLES, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "lead@example.org"
FILE = Path(budgets.__file__)


def told_by(act):
    """What ``act`` told the database, without the beginning and end of transactions; undone afterwards."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            response = act()
            if getattr(response, "streaming", False):
                list(response)
        transaction.set_rollback(True)
    return response, [query["sql"] for query in captured if not APART.match(query["sql"])]


def pages(world):
    """Yield what each address that can be read asks, for who sees most of it and for visitors."""
    clients = {role: a_client(world.people[role]) for role in ROLES}
    for name in sorted(set(TABLE) - POSTS):
        readers = [role for role, letter in zip(ROLES, TABLE[name], strict=True) if letter == "o"]
        for role in dict.fromkeys([*readers[-1:], *readers[:1]]):
            if role in (readers[-1], "anonymous"):
                response, told = told_by(
                    lambda name=name, role=role: clients[role].get(address_of(name, world))
                )
                assert response.status_code in (200, 503), name  # where mail waits, its health is no 200
                yield name, role, told


def a_client(person):
    """A browser that was seen just now."""
    client = Client()
    if person:
        client.force_login(person.user)
    client.get("/accessibility/")
    return client


def acts(world):
    """Yield what each act tells the database."""
    yield "register by code, all of it", told_by(lambda: register(world))[1]
    stranger, educator = a_client(world.people["stranger"]), a_client(world.people["educator"])
    register_page = reverse("register", args=[world.this.slug])
    yield "register, signed in", told_by(lambda: stranger.post(register_page, typed()))[1]
    leave = reverse("leave_network", args=[world.this.slug])
    yield "leave a network", told_by(lambda: educator.post(leave))[1]
    meeting, staff = world.past.meetings.own().get(), a_client(world.people["staff_a"])
    registration = Registration.objects.get(network=world.past)
    mark = reverse("staff_mark", args=[meeting.uid, registration.uid])
    yield "mark attendance", told_by(lambda: staff.post(mark, {"seen": "absent"}))[1]
    yield "check in on a phone", check_in(world)
    export = reverse("staff_export", args=[world.past.slug])
    for kind in ("csv", "xlsx"):
        yield f"export a network, {kind}", told_by(lambda kind=kind: staff.post(export, {"kind": kind}))[1]
    one = a_participant(an_awarding_network())
    issue = told_by(lambda: issuing.issue_ready(registration=one, by=one.person, at=JUNE))
    yield "issue both documents to one person", issue[1]
    Mail.objects.exclude(pk=Mail.objects.first().pk).delete()
    Mail.objects.update(state="queued", due_at=JUNE, expires_at=None)
    now = timezone.now()
    yield "send one mail", told_by(lambda: delivery.deliver(at=now))[1]


def check_in(world):
    """Press "I am here" as a phone does that has scanned the code of the room."""
    meeting, person = world.past.meetings.own().get(), world.people["educator"]
    phone, here = a_client(person), reverse("check_in_here")
    with time_machine.travel(meeting.starts_at, tick=False):
        code = room_codes.codes_ahead(meeting, at=timezone.now())[0].code
        page = phone.get(reverse("check_in"), {"code": code}, follow=True)
        fields = {"act": "here", "token": page.context["token"]}
        one = {"key": str(uuid4()), "row": None, "pressed": 0, "fields": fields}
        sent = json.dumps({"account": account_of(person), "now": 0, "acts": [one]})
        response, told = told_by(lambda: phone.post(here, sent, content_type="application/json"))
    assert response.json()["answers"][0]["done"]
    return told


def typed(**fields):
    """A form to register, as it is typed."""
    plain = {"first_name": "Ana", "last_name": "Reis", "job": "coordinator", "attending": "self"}
    return {**plain, "organization": "A district of its own", "organization_choice": "-", **fields}


def register(world):
    """Go from the form to the seat as a visitor does."""
    client, page = Client(), reverse("register", args=[world.this.slug])
    client.get(page)
    sent = client.post(page, typed(address=ADDRESS), follow=True)
    code = re.search(r"^    (\d{6})$", Mail.objects.get(address=ADDRESS).text, re.M)[1]
    hold = Hold.objects.get(address=ADDRESS)
    done = client.post(
        reverse("register_code", args=[world.this.slug, hold.uid]), {"code": code}, follow=True
    )
    assert (sent.status_code, done.status_code) == (200, 200)
    assert Registration.objects.filter(network=world.this, person__emails__address=ADDRESS).exists()


def write(found):
    """Write the file of budgets anew, with what is taken now."""
    lines = ['"""How many statements each page and act may take; written by `tests/test_budgets.py`."""\n']
    for title, told in found.items():
        lines += [f"{title} = {{", *(f'    "{name}": {len(one)},' for name, one in told.items()), "}"]
    FILE.write_text("\n".join(lines) + "\n")


def too_many(told, budget):
    """Name each that took more than its budget, with its statements grouped."""
    for name, statements in told.items():
        if len(statements) > budget[name]:
            shapes = Counter(shape_of(one) for one in statements).most_common()
            grouped = "\n".join(f"  {times:>3} x {shape}" for shape, times in shapes)
            yield f"{name}: {len(statements)} statements, at most {budget[name]} are budgeted\n{grouped}"


def test_no_page_and_no_act_takes_more_statements_than_its_budget(monkeypatch):
    monkeypatch.setattr(factories, "numbers", count(1))  # what fits together depends on names
    world = a_world()
    found = {
        "PAGES": {f"{name} as {role}": told for name, role, told in pages(world)},
        "ACTS": dict(acts(world)),
    }
    if os.environ.get("BUDGETS") == "new":
        write(found)
        return
    for kind, told in found.items():
        assert list(getattr(budgets, kind)) == list(told)
    over = [*too_many(found["PAGES"], budgets.PAGES), *too_many(found["ACTS"], budgets.ACTS)]
    assert not over, "\n\n".join(over)
