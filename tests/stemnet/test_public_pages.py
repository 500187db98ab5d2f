"""Public pages that are kept for less than a second: never somebody's own, never old, never too many."""

import gzip
import threading

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path, reverse

from stemnet.middleware.public_pages import PublicPagesMiddleware
from stemnet.public_pages import KeptPage, KeptPages, public_page
from stemnet.urls import urlpatterns as of_the_portal
from tests.addresses import named_addresses
from tests.stemnet.processes import environment, migrate, python
from tests.test_permissions import address_of
from tests.world import a_world

GZIP = {"accept-encoding": "gzip, br"}


@login_not_required
@public_page
def with_form(request):
    return HttpResponse(get_token(request))


@login_not_required
@public_page
def failing(request):
    raise ValueError


urlpatterns = [*of_the_portal, path("with-form/", with_form), path("failing/", failing)]


class Process(Client):
    """A process of the portal that keeps pages, asked by a browser; a test sets its clock, in seconds."""

    now = 100.0

    def __init__(self, **how):
        super().__init__(**how)
        self.handler.load_middleware()
        layer = self.handler._middleware_chain
        while not isinstance(layer, PublicPagesMiddleware):
            layer = layer.__wrapped__ if hasattr(layer, "__wrapped__") else layer.get_response
        layer.clock = lambda: self.now
        self.layer = layer


@pytest.fixture
def process(settings):
    settings.PUBLIC_PAGES_SECONDS = 0.8
    return Process()


@pytest.fixture
def world(db):
    return a_world()


def renamed(network, title):
    network.title = title
    network.save()


def test_a_page_is_rendered_once_a_moment_and_a_change_shows_within_a_second(
    process, world, django_assert_num_queries
):
    other, address = Process(), world.this.get_absolute_url()
    process.get(address)
    renamed(world.this, "Algebra for all")
    with django_assert_num_queries(0):
        assert b"Algebra for all" not in process.get(address).content
    assert b"Algebra for all" in other.get(address).content
    process.now += 0.81
    assert b"Algebra for all" in process.get(address).content


def test_who_is_signed_in_neither_gets_a_kept_page_nor_leaves_one(process, world):
    stranger = process.get("/")
    process.force_login(world.people["educator"].user)
    own = process.get("/", headers={"if-none-match": stranger["ETag"]})
    process.cookies.clear()
    assert (b"Signed in as" in own.content, own["Cache-Control"]) == (True, "private, no-store")
    assert b"Signed in as" not in process.get("/").content
    assert "Cookie" in stranger["Vary"]


def test_a_message_that_waits_is_shown_on_the_page_of_its_reader_only(process, world):
    process.get("/")
    signed = CookieStorage(None)._encode([])
    process.cookies[CookieStorage.cookie_name] = signed
    assert "ETag" not in process.get("/").headers


def test_a_page_is_kept_for_its_query_its_host_and_its_compression(process, world, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    plain, packed = process.get("/networks/"), process.get("/networks/", headers=GZIP)
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content)
    assert plain["ETag"] != packed["ETag"]
    process.get("/networks/?year=1999")
    process.get("/networks/", headers={"host": "other.example.org"})
    assert process.get("/networks/", headers={"host": "evil.example.net"}).status_code == 400
    assert len(process.layer.kept) == 4


def test_a_browser_that_has_the_page_is_told_so_as_long_as_nothing_changed(process, world):
    address = world.this.get_absolute_url()
    known = {**GZIP, "if-none-match": process.get(address, headers=GZIP)["ETag"]}
    assert process.get(address, headers=known).status_code == 304
    process.now += 5
    again = process.get(address, headers=known)
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-cache")
    renamed(world.this, "Algebra for all")
    process.now += 5
    assert process.get(address, headers=known).status_code == 200


def test_head_and_security_headers_are_as_ever(process, world):
    first, again, head = process.get("/"), process.get("/"), process.head("/")
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Content-Type"):
        assert first[name] == again[name] == head[name]
    assert (head.status_code, head.resolver_match.view_name) == (200, "home")


def test_every_public_page_can_be_kept_and_nothing_else_is(process, world):
    public = set()
    for name, _route in named_addresses():
        kept = len(process.layer.kept)
        process.cookies.clear()
        if "ETag" in process.get(address_of(name, world)).headers and len(process.layer.kept) > kept:
            public.add(name)
    assert public == {
        "accessibility",
        "calendar",
        "calendar_feed",
        "calendar_month",
        "calendar_past",
        "home",
        "library",
        "library_feed",
        "library_standards",
        "meeting",
        "network",
        "networks",
        "news",
        "news_feed",
        "news_post",
        "partner",
        "partners",
        "partnership",
        "resource",
    }


@pytest.mark.urls(__name__)
def test_a_page_with_a_token_is_never_kept(process, db):
    tokens = {process.get("/with-form/").content for _time in range(2)}
    assert (len(tokens), len(process.layer.kept)) == (2, 0)


@pytest.mark.urls(__name__)
def test_a_page_that_fails_is_tried_again(settings, db):
    settings.PUBLIC_PAGES_SECONDS = 0.8
    process = Process(raise_request_exception=False)
    assert [process.get("/failing/").status_code for _time in range(2)] == [500, 500]
    assert len(process.layer.kept) == 0


def test_one_renders_while_the_others_wait(settings, rf):
    settings.PUBLIC_PAGES_SECONDS = 0.8
    begun, may_end, rendered = threading.Event(), threading.Event(), []

    def render(request):
        rendered.append(request.path)
        begun.set()
        may_end.wait(5)
        request.resolver_match = object()
        return HttpResponse("page")

    layer, answers = PublicPagesMiddleware(render), []
    readers = [
        threading.Thread(target=lambda: answers.append(layer(rf.get("/accessibility/")).content))
        for _reader in range(4)
    ]
    for reader in readers:
        reader.start()
    assert begun.wait(5)
    may_end.set()
    for reader in readers:
        reader.join(5)
    assert (answers, rendered) == ([b"page"] * 4, ["/accessibility/"])


def a_page(begun, size=10):
    return KeptPage(begun, b"x" * size, {}, None)


def test_unknown_addresses_cannot_fill_the_memory():
    kept = KeptPages(seconds=0.8, most_pages=3, most_bytes=100)
    for number in range(9):
        kept.keep((number,), a_page(1.0))
    assert [kept.found((number,), at=1.0) is not None for number in range(9)] == [False] * 6 + [True] * 3
    kept.keep("large", a_page(1.0, size=101))
    assert len(kept) == 0
    kept.keep("early", a_page(1.0))
    kept.keep("late", a_page(1.8))
    assert len(kept) == 1


def test_a_page_is_kept_for_its_language(process, world, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish")]
    address = reverse("networks")
    for language in ("en", "es"):
        assert f'lang="{language}"' in process.get(address, headers={"accept-language": language}).text


TWO_PROCESSES = """
import subprocess, sys, time
from django.test import Client
from tests.factories import a_network
network = a_network(title="Biology", meetings=0)
reader = Client()
before = reader.get("/networks/").text
change = f'''
import django; django.setup()
from meetings.models import Network
Network.objects.filter(pk={network.pk}).update(title="Chemistry")
'''
reader.get("/networks/")
subprocess.run([sys.executable, "-c", change], check=True)
time.sleep(1)
print("Biology" in before, "Chemistry" in reader.get("/networks/").text)
"""


@pytest.mark.once
@pytest.mark.slow
def test_what_one_process_changes_another_shows_within_a_second(tmp_path):
    env = environment(tmp_path)
    migrate(env)
    assert python(TWO_PROCESSES, env).split() == ["True", "True"]
