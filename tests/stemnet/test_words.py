"""Sentences that people read say nothing that the glossary calls translated.

Looked at are the texts of templates and of gettext in code. Columns of models are left out: their labels
stand in migrations, and forms have words of their own.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("stemnet", "partners", "meetings", "registrations")
LEFT_OUT = {"migrations", "models", "management"}
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text().partition("## What reads as translated")[2]
TABLE = GLOSSARY.partition("\n## ")[0]
SINGLE = {"_", "gettext", "gettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
TRANSLATED = re.compile(
    r"""{%\s*translate\s+(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)')"""
    r"""|{%\s*blocktranslate[^%]*%}(?P<block>.*?){%\s*endblocktranslate""",
    re.DOTALL,
)


def of_templates():
    """Give the path and words of each sentence in a template."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for found in TRANSLATED.finditer(path.read_text()):
            words = next(part for part in found.groups() if part is not None)
            for one in words.split("{% plural %}"):
                yield path.relative_to(ROOT), " ".join(one.split())


def of_code():
    """Give the path and words of each sentence in code."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if LEFT_OUT.isdisjoint(path.parts):
                for words in sentences(ast.parse(path.read_text())):
                    yield path.relative_to(ROOT), words


def sentences(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            most = {**dict.fromkeys(SINGLE, 1), **dict.fromkeys(PLURAL, 2)}.get(node.func.id, 0)
            for said in node.args[:most]:
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield " ".join(said.value.split())


def forbidden():
    """Give the phrases between backticks in the second column of the glossary's table."""
    for line in TABLE.splitlines():
        cells = line.split(" | ")
        if line.startswith("| ") and len(cells) > 1:
            yield from re.findall(r"`([^`]+)`", cells[-1])


PHRASES = sorted(set(forbidden()))


@cache
def everything():
    """Return the path and words of every sentence, read by the first test that asks, not by who collects."""
    return [*of_templates(), *of_code()]


def says(phrase, words):
    """Tell whether ``words`` say ``phrase``, in any case and as words of their own."""
    return re.search(rf"(?<![\w-]){re.escape(phrase.strip())}(?!\w)", words, re.IGNORECASE) is not None


def test_the_glossary_has_phrases_and_the_portal_has_sentences():
    assert (len(PHRASES) > 40, len(everything()) > 3000) == (True, True)


def test_a_phrase_is_found_in_any_case_and_never_inside_a_word():
    assert [says("noted:", words) for words in ("Noted: you can't come", "footnoted: no", "We noted it")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_sentence_says_what_reads_as_translated(phrase):
    assert [f"{path}: {words}" for path, words in everything() if says(phrase, words)] == []


def test_nothing_is_shouted():
    assert [f"{path}: {words}" for path, words in everything() if words.endswith("!")] == []


def test_sentences_of_mail_begin_with_a_capital_letter():
    mail = [(path, words) for path, words in of_templates() if path.parts[:2] == ("templates", "mail")]
    begun = [(path, re.sub(r"^(<[^>]+>|[“\s])+", "", words)) for path, words in mail]
    assert [f"{path}: {words}" for path, words in begun if words.endswith(".") and words[:1].islower()] == []
