"""What the home page costs somebody who was never here, as the portal itself would send it."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine

from tests.factories import NOW, a_network, a_partnership, an_organization

pytestmark = pytest.mark.django_db
LIMIT = 140_000
STATUS_LINE_AND_SERVER = 120  # what gunicorn adds to the headers of Django
LOADED = re.compile(r"<(?:link|script|img)\b[^>]*?\b(?:href|src)=\"(/static/[^\"]+)\"")
FACE = re.compile(r"@font-face\{(.*?)\}")


@pytest.fixture
def home():
    """A home page with all it can show: a picture of partners, networks and figures."""
    a_partnership()
    for _number in range(12):
        an_organization(stage="partner")
    for _number in range(6):
        a_network()
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        yield "/"


def body(client, address):
    return b"".join(client.get(address))


def cost(client, address):
    """Return the bytes of an answer, with its headers, to a browser that takes gzip."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, address
    headers = sum(len(f"{name}: {value}\r\n") for name, value in answer.items())
    return STATUS_LINE_AND_SERVER + headers + len(b"".join(answer))


def fonts(client, sheet):
    """Return the fonts of a sheet that English text needs: those of Latin letters, and those of no range."""
    for face in FACE.findall(body(client, sheet).decode()):
        if "unicode-range" not in face or "U+0000-00FF" in face:
            yield from (urljoin(sheet, found) for found in re.findall(r"url\(\"?([^\")]+)", face))


def costs(client, page):
    """Return what each thing costs that a browser loads to show the page."""
    loaded = set(LOADED.findall(body(client, page).decode()))
    sheets = [address for address in loaded if address.endswith(".css")]
    loaded |= {font for sheet in sheets for font in fonts(client, sheet)}
    return {address: cost(client, address) for address in (page, *sorted(loaded))}


def test_the_first_visit_costs_at_most_140_kb(client, home):
    found = costs(client, home)
    assert sum(found.values()) <= LIMIT, found


def test_what_is_counted_is_all_that_the_page_needs(client, home):
    kinds = sorted(address.rpartition(".")[2] for address in costs(client, home) if address != home)
    assert kinds == [*["css"] * 8, "js", "svg", *["woff2"] * 3]


def test_what_is_fetched_ahead_is_what_the_sheets_ask_for(client, home):
    ahead = set(re.findall(r'<link\s+rel="preload"\s+href="([^"]+)"', body(client, home).decode()))
    sheets = [f"/static/vendor/{family}/wght.css" for family in ("inter", "bricolage-grotesque")]
    assert ahead == {font for sheet in sheets for font in fonts(client, sheet)}
