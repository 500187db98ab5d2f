"""Codes of six digits: made, kept as a hash, limited, and compared with every try counted."""

from datetime import timedelta

import pytest

from stemnet import codes
from stemnet.exceptions import CodeExpired, CodeRefused, NoMoreTries, TooManyCodes, WrongCode
from stemnet.models import AskedCode, SentCode
from tests.factories import NOW
from tests.races import at_once

pytestmark = pytest.mark.django_db


def wrong(code):
    return "000000" if code != "000000" else "111111"


def check(uid, typed, *, at=NOW):
    codes.check_kept(uid, typed=typed, at=at)


def refusals(uid, typed, *, times):
    said = []
    for _try in range(times):
        with pytest.raises(CodeRefused) as refused:
            check(uid, typed)
        said.append(str(refused.value))
    return said


@pytest.mark.parametrize("shape", ["{}{}", " {} {} ", "{}-{}", "{}\u00a0{}"])
def test_a_code_is_right_with_spaces_and_dashes_or_without(shape):
    uid, code = codes.keep(at=NOW)
    check(uid, shape.format(code[:3], code[3:]))
    assert (len(code), code.isdecimal()) == (6, True)


def test_what_is_kept_is_a_hash_bound_to_what_it_is_for():
    uid, code = codes.keep(at=NOW)
    kept = SentCode.objects.get(uid=uid).code_hash
    assert kept == codes.hashed(code, bound_to=str(uid))
    assert kept != codes.hashed(code, bound_to="something else")
    assert code not in kept


def test_a_code_that_is_wrong_as_often_as_the_setting_says_is_void(settings):
    settings.CODE_TRIES = 3
    uid, code = codes.keep(at=NOW)
    said = refusals(uid, wrong(code), times=4)
    assert [one.removeprefix(str(WrongCode())).strip() for one in said[:2]] == [
        "You have 2 tries left.",
        "You have one try left.",
    ]
    assert set(said[2:]) == {"That's three wrong codes, so this code no longer works. Ask for a new one."}
    with pytest.raises(NoMoreTries):
        check(uid, code)


def test_the_last_try_may_be_right():
    uid, code = codes.keep(at=NOW)
    refusals(uid, wrong(code), times=4)
    check(uid, code)


def test_a_code_expires_after_fifteen_minutes():
    uid, code = codes.keep(at=NOW)
    check(uid, code, at=NOW + timedelta(minutes=14, seconds=59))
    with pytest.raises(CodeExpired):
        check(uid, code, at=NOW + timedelta(minutes=15))


def test_old_codes_are_forgotten_when_a_new_one_is_made():
    old, _code = codes.keep(at=NOW)
    new, _code = codes.keep(at=NOW + timedelta(days=1))
    assert list(SentCode.objects.values_list("uid", flat=True)) == [new]
    assert old != new


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_many_tries_at_once_no_more_than_five_are_judged():
    uid, code = codes.keep(at=NOW)
    outcomes = at_once([lambda: check(uid, wrong(code)) for _each in range(24)])
    assert SentCode.objects.get().tries == 5
    assert sum(isinstance(one, NoMoreTries) for one in outcomes) >= 20
    with pytest.raises(NoMoreTries):
        check(uid, code)


def asked(*, minutes, client="192.0.2.1", purpose="sign in", again=False):
    at = NOW + timedelta(minutes=minutes)
    try:
        codes.check_sendable("LEAD@example.org", purpose=purpose, client=client, at=at, again=again)
    except TooManyCodes as refusal:
        return str(refusal)
    return ""


def test_so_many_codes_an_hour_may_be_asked_for(settings):
    settings.CODES_PER_HOUR = 2
    assert (asked(minutes=0), asked(minutes=1)) == ("", "")
    assert asked(minutes=2).startswith("We've sent several codes")
    assert asked(minutes=60) == ""


def test_who_asks_again_and_again_keeps_nobody_else_from_getting_a_code(settings):
    settings.CODES_PER_HOUR = 2
    for minutes in range(5):
        asked(minutes=minutes, client="192.0.2.66")
    assert asked(minutes=5, client="192.0.2.1") == ""
    assert asked(minutes=5, client="192.0.2.66", purpose="choose a password") == ""
    assert asked(minutes=5, client="192.0.2.66") != ""


def test_another_code_waits_for_who_asked_and_for_nobody_else():
    asked(minutes=0)
    assert asked(minutes=0.4, again=True).endswith("Wait 30 seconds before you ask for another.")
    assert asked(minutes=0.4, client="192.0.2.2", again=True) == ""
    assert asked(minutes=0.4) == ""
    assert asked(minutes=1, again=True) == ""


def test_neither_address_nor_client_is_kept_and_nothing_beyond_the_hour():
    asked(minutes=0)
    asked(minutes=61)
    codes.forget_asked(at=NOW + timedelta(minutes=61))
    kept = str(list(AskedCode.objects.values()))
    assert (AskedCode.objects.count(), "example.org" in kept, "192.0.2" in kept) == (1, False, False)


def test_when_another_code_may_be_asked_for_is_said_by_the_settings(settings):
    settings.CODES_PER_HOUR, settings.CODE_RESEND_SECONDS = 3, 45
    assert codes.again_words() == "You can ask for a new code after 45 seconds, up to three times an hour."
