"""What a first visit costs over the wire: every response of one page in a browser with an empty cache.

    python bench/first_visit.py http://localhost:8000/ [WIDTH]

The window is 1280 pixels wide unless WIDTH says otherwise. Bytes are those that Chromium received, headers
included (`Network.loadingFinished.encodedDataLength`).
"""

import os
import sys
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Chromium without a window leaves the icon of the tab out, which readers do load.
LOAD_ICON = "() => { const icon = document.querySelector('link[rel~=icon]'); if (icon) fetch(icon.href); }"


def visit(address: str, width: int) -> list[tuple[str, str, int]]:
    """Return the address, the encoding and the bytes of each response, the most expensive first."""
    heads: dict[str, tuple[str, str]] = {}
    costs: dict[str, int] = {}

    def received(event: dict[str, Any]) -> None:
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        heads[event["requestId"]] = response["url"], headers.get("content-encoding", "")

    def finished(event: dict[str, Any]) -> None:
        costs[event["requestId"]] = int(event["encodedDataLength"])

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(viewport={"width": width, "height": 900}, ignore_https_errors=True)
        network = page.context.new_cdp_session(page)
        network.on("Network.responseReceived", received)
        network.on("Network.loadingFinished", finished)
        network.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        page.evaluate(LOAD_ICON)
        page.wait_for_load_state("networkidle")
        chromium.close()
    rows = [(*heads[request], cost) for request, cost in costs.items() if request in heads]
    return sorted((row for row in rows if row[0].startswith("http")), key=lambda row: -row[2])


def main() -> None:
    """Write the table and its sum."""
    if len(sys.argv) not in (2, 3):
        sys.exit(str(__doc__))
    rows = visit(sys.argv[1], int((sys.argv[2:] or ["1280"])[0]))
    for address, encoding, cost in rows:
        sys.stdout.write(f"{cost:>9,}  {encoding or '-':5} {address}\n")
    sys.stdout.write(f"{sum(cost for *_rest, cost in rows):>9,}  bytes in {len(rows)} responses\n")


if __name__ == "__main__":
    main()
