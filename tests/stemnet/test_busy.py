"""A database that is busy: a sentence with 503, never a fault; and looking at a page never waits for it."""

import json
import sqlite3
import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from stemnet import urls
from stemnet.busy import is_busy, is_full
from stemnet.middleware.answering import BusyDatabaseMiddleware
from tests.factories import a_coordinator
from tests.stemnet.processes import environment, migrate, python

asked = []


def sqlite_error(code):
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = code
    return error


def busy_twice(request):
    """Meet a busy database at the first and second time of asking."""
    asked.append(request.method)
    if len(asked) <= 2:
        raise sqlite_error(sqlite3.SQLITE_BUSY)
    return HttpResponse("well")


def busy_once(request):
    """Meet one at the first time only."""
    asked.append(request.method)
    if len(asked) == 1:
        raise sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)
    return HttpResponse("well")


def broken(request):
    """Fail."""
    raise ValueError("something personal")


class Addresses:
    urlpatterns = [
        path("twice/", busy_twice),
        path("once/", busy_once),
        path("broken/", broken),
        *urls.urlpatterns,
    ]
    handler500 = urls.handler500


@pytest.fixture(autouse=True)
def addresses(settings):
    asked.clear()
    settings.ROOT_URLCONF = Addresses
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "SignInFirst" not in one]


def test_what_only_reads_is_tried_once_more(client, db):
    assert (client.get("/once/").status_code, asked) == (200, ["GET", "GET"])


def test_what_writes_is_not_and_says_so_with_a_time_to_wait(client, db):
    answer = client.post("/once/")
    assert (answer.status_code, answer["Retry-After"], asked) == (503, "10", ["POST"])
    assert "we didn't save what you sent. Nothing was changed." in answer.content.decode().replace(
        "&#x27;", "'"
    )


def test_a_page_that_is_busy_twice_says_so(client, db):
    answer = client.get("/twice/")
    assert (answer.status_code, asked) == (503, ["GET", "GET"])
    assert "Wait ten seconds, then reload the page." in answer.content.decode()


def test_a_part_of_a_page_gets_a_sentence_above_the_page_that_stays(client, db):
    answer = client.post("/twice/", headers={"HX-Request": "true"})
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#content", "afterbegin")
    assert answer.content.decode().count("<html") == 0


@pytest.mark.parametrize(
    ("code", "busy", "full"),
    [
        (sqlite3.SQLITE_BUSY, True, False),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True, False),
        (sqlite3.SQLITE_LOCKED, True, False),
        (sqlite3.SQLITE_FULL, False, True),
        (sqlite3.SQLITE_ERROR, False, False),
    ],
)
def test_sqlite_says_by_a_code_what_it_is(code, busy, full):
    assert (is_busy(sqlite_error(code)), is_full(sqlite_error(code))) == (busy, full)


@pytest.fixture
def other(db):
    """Another connection, which holds what it writes until it is closed."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_postgres_does_not_give_is_busy_and_a_wrong_statement_is_not(other):
    said = []
    other.cursor().execute("LOCK TABLE stemnet_job")
    for statement in ("LOCK TABLE stemnet_job NOWAIT", "SELECT nothing"):
        with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        said.append(is_busy(error.value))
    assert said == [True, False]


def test_a_fault_has_a_number_that_its_page_says_and_the_log_holds(db, caplog):
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    record = next(one for one in caplog.records if one.name == "django.request")
    number = record.request.fault_number
    assert (answer.status_code, len(number)) == (500, 8)
    assert f"error number {number}" in " ".join(answer.content.decode().split())
    assert "notified" not in answer.content.decode()


def test_that_somebody_was_told_is_said_only_where_faults_are_reported(db, settings):
    settings.SENTRY_DSN = "https://key@sentry.example.org/1"
    answer = Client(raise_request_exception=False).get("/broken/")
    assert "notified of the error" in answer.content.decode()


def test_what_goes_wrong_around_a_view_is_busy_too():
    def around(request):
        request.fault = sqlite_error(sqlite3.SQLITE_BUSY)
        return HttpResponse(status=500)

    assert BusyDatabaseMiddleware(around)(RequestFactory().post("/")).status_code == 503


@pytest.fixture
def signed_in(db):
    client = Client()
    client.force_login(a_coordinator().user)
    client.get("/accessibility/")
    return client


def later(client):
    """Return the same browser before a process that was not asked before, and a session not seen lately."""
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=6))
    again = Client()
    again.cookies = client.cookies
    return again


def writes(client):
    """Return what a look at a page writes: the first word of each statement."""
    with CaptureQueriesContext(connection) as told:
        client.get("/accessibility/")
    first = [query["sql"].split()[0] for query in told]
    return [word for word in first if word in ("INSERT", "UPDATE", "DELETE")]


def test_looking_at_a_page_writes_once_in_five_minutes(signed_in):
    seen = UserSession.objects.get()
    assert writes(signed_in) == []
    assert writes(later(signed_in)) == ["INSERT"]  # ... ON CONFLICT UPDATE
    assert UserSession.objects.get().last_seen_at > seen.last_seen_at


def test_a_session_that_is_used_from_elsewhere_is_noted_at_once(signed_in):
    signed_in.get("/accessibility/", REMOTE_ADDR="192.0.2.9")
    assert UserSession.objects.get().ip == "192.0.2.9"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_looking_at_a_page_never_waits_for_somebody_who_writes(signed_in, other):
    browser = later(signed_in)
    other.cursor().execute("UPDATE usersessions_usersession SET user_agent = 'held'")
    begun = time.monotonic()
    assert browser.get("/accessibility/").status_code == 200
    assert time.monotonic() - begun < 2


HELD = """
import json, sqlite3, sys, time
from django.conf import settings
from django.db import connection
from django.test import Client
from allauth.usersessions.models import UserSession
from partners.models import Person
from tests.factories import a_coordinator
from tests.stemnet.processes import environment, migrate, python
connection.settings_dict["OPTIONS"]["timeout"] = 30
user = a_coordinator().user
client = Client(raise_request_exception=False)
client.force_login(user)
client.get("/accessibility/")
UserSession.objects.update(last_seen_at="2020-10-14T13:00:00Z")
client.handler.load_middleware()  # as another process, which saw nobody yet
connection.close()
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
begun = time.monotonic()
looked = [client.get(path).status_code for path in ("/accessibility/", "/networks/", "/staff/")]
took = time.monotonic() - begun
connection.settings_dict["OPTIONS"]["timeout"] = 1
connection.close()
sent = Client(raise_request_exception=False).post("/accounts/login/code/", {"email": "nobody@example.org"})
health = client.get("/health/").status_code
print(json.dumps([looked, took < 25, sent.status_code, sent.get("Retry-After"), health]))
"""


@pytest.mark.once
def test_while_one_writes_on_sqlite_pages_open_at_once_and_a_form_gets_a_sentence(tmp_path):
    env = environment(tmp_path)
    migrate(env)
    assert json.loads(python(HELD, env)) == [[200, 200, 200], True, 503, "10", 200]
