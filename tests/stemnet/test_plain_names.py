"""Names are found, compared and sorted in one plain form."""

import pytest

from stemnet.plain_names import plain_name

PLAIN = [
    ("Ávila", "avila"),
    ("A\u0301vila", "avila"),  # typed on a Mac: the accent is a sign of its own
    ("Łukasz", "lukasz"),
    ("Sørensen", "sorensen"),
    ("STRAßE", "strasse"),
    ("Ærø", "aero"),
    ("Đorđe Œuvre", "dorde oeuvre"),
    ("Þóra Guðrún", "thora gudrun"),
    ("İpek Işık", "ipek isik"),
    ("O'Brien", "obrien"),
    ("O’Brien", "obrien"),
    ("OʼBrien", "obrien"),
    ("O´Brien", "obrien"),
    ("D`Angelo", "dangelo"),
    ("García-López", "garcia lopez"),
    ("García–López", "garcia lopez"),
    ("García\u2010López", "garcia lopez"),
    ("  de   la\u00a0Cruz ", "de la cruz"),
    ("Cruz, Maria", "cruz maria"),
    ("St. Mary's School", "st marys school"),
    ("U.S. Department", "us department"),
    ("J.R. Smith", "jr smith"),
    ("Science & Technology", "science and technology"),
    ("ﬁnance ＡＢＣ", "finance abc"),
    ("Soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("Київ", "киів"),
    ("Ελένη", "ελενη"),
    ("名古屋 大学", "名古屋 大学"),
    ("first_last", "first last"),
    ("", ""),
    (" — ", "—"),  # nothing but signs stays what it is, so that it is not everything
    ("???", "???"),
]


@pytest.mark.parametrize(("words", "plain"), PLAIN)
def test_plain_name_is(words, plain):
    assert plain_name(words) == plain


@pytest.mark.parametrize("words", [words for words, _plain in PLAIN])
def test_plain_name_of_a_plain_name_is_the_same(words):
    assert plain_name(plain_name(words)) == plain_name(words)
