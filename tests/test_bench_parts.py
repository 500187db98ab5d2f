"""The parts of `make bench`: what passes the wire, what a form sends back, which figure meets its target."""

import struct
from xml.etree import ElementTree

import pytest

from bench.browser import Answer, Browser
from bench.load import together
from bench.mailbox import Mailbox
from bench.plots import bars
from bench.report import table
from bench.targets import Target
from bench.wire import Conversation, Wire, shape_of
from bench.works.work import Records


def asked(*statements):
    """What a conversation counted of these, each answered at once."""
    wire = Wire("127.0.0.1", 5432, r"FROM network .* FOR UPDATE")
    conversation = Conversation(wire)
    conversation.asked(struct.pack("!ii", 8, 196608))
    for statement in statements:
        body = statement.encode() + b"\0"
        message = b"Q" + struct.pack("!i", len(body) + 4) + body
        for part in (message[:3], message[3:]):  # as a network may cut it
            conversation.asked(part)
        conversation.answered()
    return wire.told


def test_the_wire_counts_statements_apart_from_transactions():
    told = asked("SELECT 1", "BEGIN", "SELECT 1 FROM a WHERE b = 'x'", "INSERT INTO a VALUES (3)", "COMMIT")
    assert (told.statements, told.apart, told.locks) == (2, 3, 0)
    assert dict(told.shapes) == {"SELECT ? FROM a WHERE b = ?": 1, "INSERT INTO a VALUES (?)": 1}


def test_the_wire_knows_how_long_a_row_is_locked():
    told = asked(
        "BEGIN", "SELECT id FROM network WHERE id = 1 FOR UPDATE", "UPDATE seat SET taken = true", "COMMIT"
    )
    assert told.locks == 1
    assert 0 < told.longest_lock < 1


def test_equal_statements_are_counted_together_whatever_their_values():
    assert shape_of("SELECT a\n FROM b WHERE c IN (1, 2, 3)") == shape_of("SELECT a FROM b WHERE c IN (7, 8)")


def test_a_browser_stays_on_this_machine():
    with pytest.raises(ValueError, match="this machine only"):
        Browser(80, at="192.0.2.1")


def test_a_form_is_sent_back_with_its_hidden_fields_and_its_commitments_ticked():
    page = (
        b'<input type="hidden" name="shown" value="5"><input type="checkbox" name="accept_5"><input name="x">'
    )
    assert Answer(200, {}, page, "/").hidden() == {"shown": "5", "accept_5": "on"}


def test_load_ends_with_its_count_and_tells_errors_apart():
    def act(number):
        if number == 3:
            raise ValueError("three")

    taken = together(act, clients=2, count=5, seconds=10)
    assert (len(taken.seconds), taken.errors) == (4, ["ValueError: three"])


@pytest.mark.parametrize(("value", "met"), [(69, False), (70, True), (71, True)])
def test_a_target_is_judged_beside_another_side(value, met):
    sides = {"ours": {"rate": [value, value]}, "floor": {"rate": [100, 100]}}
    assert Target(0.7, "floor", at_least=True).is_met(sides, "rate") is met


def test_a_target_beside_a_side_that_was_not_there_is_not_known():
    assert Target(20, "peer", at_least=True).is_met({"ours": {"rate": [1.0]}}, "rate") is None


def test_a_plot_says_its_figures_in_words_and_is_well_formed():
    page = ElementTree.fromstring(
        bars("Rates", {"home & more": {"ours": 20.0, "floor": 200.0, "peer": None}})
    )
    title, words = (page.find(f"{{http://www.w3.org/2000/svg}}{name}").text for name in ("title", "desc"))
    assert (title, words) == ("Rates", "home & more: ours 20, floor 200")


def test_a_work_that_failed_stands_below_the_table():
    records = Records(sides={"ours": {"mail: statements": [3]}}, faults=["seats (peer): full"])
    said = table(records)
    assert "| mail: statements | 3 |  |  |  |  | at most 2 | **no** |" in said
    assert "- failed or not there: seats (peer): full" in said


def test_the_mailbox_gives_the_newest_code_and_counts_what_came_twice():
    mailbox = Mailbox()
    try:
        for code in (b"123456", b"654321"):
            mailbox.take(["a@example.org"], b"Message-ID: <one@example.org>\n\nYour code is " + code + b".\n")
        assert mailbox.code_for("a@example.org") == "654321"
        assert mailbox.doubled == 1
    finally:
        mailbox.shutdown()
        mailbox.server_close()
