"""Asking other servers: what is sent to them."""

import pytest

from stemnet import outgoing
from stemnet.outgoing import Answer, ask


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://example.org/a b", "/a%20b"),
        ("https://example.org/Núñez?q=é", "/N%C3%BA%C3%B1ez?q=%C3%A9"),
        ("https://example.org/100%25?q=1%2B1", "/100%25?q=1%2B1"),
        ("https://example.org", "/"),
    ],
)
def test_letters_outside_ascii_are_sent_as_servers_expect_them(monkeypatch, url, sent):
    asked = []

    def status(_scheme, _host, _address, _port, path, method):
        asked.append((path, method))
        return 200

    monkeypatch.setattr(outgoing, "public_address", lambda host, port: "192.0.2.1")
    monkeypatch.setattr(outgoing, "_status", status)
    assert ask(url) == Answer(True)
    assert asked == [(sent, "HEAD")]
