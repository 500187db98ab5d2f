"""JSON that is sent by nobody's page gives a 400, never a 500."""

import pytest

from stemnet.forms.sent_json import read_json


@pytest.mark.parametrize("sent", ["", "{", b"\xff", "[" * 100_000, '{"a":' * 100_000])
def test_what_is_no_json_or_has_no_end_is_a_value_error(sent):
    with pytest.raises(ValueError):
        read_json(sent)


def test_what_is_json_is_read():
    assert read_json(b'{"scans": [1]}') == {"scans": [1]}
