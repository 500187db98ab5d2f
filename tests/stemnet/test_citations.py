"""Every "why" leads somewhere: what code and documents cite is in the repository."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ["stemnet", "partners", "meetings", "registrations"]
PLACES = [*APPS, "templates", "tests", "static", "findings", ".ci", "docs"]
KINDS = {".py", ".html", ".txt", ".css", ".js", ".typ", ".toml", ".yaml", ".sh", ".md", ""}
VENDORED = ROOT / "static" / "vendor"
RULES = ROOT / "docs" / "rules.md"

SECTION = re.compile(r'<a id="(\d+(?:\.\d+)?)"></a>(\d+(?:\.\d+)?)')
CITED = re.compile(r"docs/rules\.md((?:(?:,? and |, | )\d+(?:\.\d+)?)*)")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
FILE = re.compile(r"`((?:tests|stemnet|partners|meetings|registrations)/[\w/-]+\.\w+)`")
# Notes that were never part of the repository, and documents of ours that are named without their folder.
ELSEWHERE = re.compile(
    r"traps\.md|dependencies\.md|house-style|\bissue \d|(?i:seed[ _]0\d\d)|\(T\d+\)"
    r"|(?<![\w/])(?:rules|architecture)\.md"
)


def sources() -> Iterator[Path]:
    """Every text that may cite: code, templates, tests, styles, scripts and documents, but this file."""
    found = [path for place in PLACES for path in sorted((ROOT / place).rglob("*"))]
    for path in [*found, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile"]:
        mine = path.is_file() and path.suffix in KINDS and "__pycache__" not in path.parts
        if mine and VENDORED not in path.parents and path != Path(__file__).resolve():
            yield path


def documents() -> list[Path]:
    return [path for path in sources() if path.suffix == ".md"]


def words(path: Path) -> str:
    """The text with each run of spaces and line breaks as one space, so that no citation is broken."""
    return " ".join(path.read_text().split())


def sections() -> list[str]:
    return [anchor for anchor, _number in SECTION.findall(RULES.read_text())]


def test_each_section_of_the_rule_book_is_numbered_once_and_as_its_anchor():
    found = SECTION.findall(RULES.read_text())
    assert [anchor for anchor, number in found if anchor != number] == []
    assert len(set(found)) == len(found)


def test_every_section_of_the_rule_book_that_is_cited_is_there():
    cited = {
        (str(path.relative_to(ROOT)), number)
        for path in sources()
        for numbers in CITED.findall(words(path))
        for number in re.findall(r"\d+(?:\.\d+)?", numbers)
    }
    assert {(path, number) for path, number in cited if number not in sections()} == set()


def test_code_cites_a_section_and_never_the_whole_rule_book():
    whole = {
        str(path.relative_to(ROOT))
        for path in sources()
        if path.suffix != ".md" and "" in CITED.findall(words(path))
    }
    assert whole == set()


def test_sections_that_the_rule_book_refers_to_are_there():
    referred = set(re.findall(r"\((\d+\.\d+)[,;)]", RULES.read_text()))
    assert referred - set(sections()) == set()


def test_every_document_that_code_names_is_there():
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in sources()
        for name in re.findall(r"docs/[\w./-]+\.md", path.read_text())
    }
    assert {(path, name) for path, name in named if not (ROOT / name).is_file()} == set()


def test_every_link_between_documents_leads_somewhere():
    broken = {
        (str(path.relative_to(ROOT)), target, anchor)
        for path in documents()
        for target, anchor in LINK.findall(path.read_text())
        if not target.startswith(("http:", "https:", "mailto:")) and not leads(path, target, anchor)
    }
    assert broken == set()


def leads(path: Path, target: str, anchor: str) -> bool:
    """Say whether a link of the document ``path`` finds its file and, in the rule book, its section."""
    file = (path.parent / target).resolve() if target else path
    return file.exists() and (file != RULES or not anchor or anchor in sections())


def test_files_that_documents_name_are_there():
    """Decisions are left out: they speak of what was, too."""
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in documents()
        if "decisions" not in path.parts
        for name in FILE.findall(words(path))
    }
    assert {(path, name) for path, name in named if not (ROOT / name).exists()} == set()


def test_nothing_cites_what_is_not_in_the_repository():
    cited = {
        (str(path.relative_to(ROOT)), found)
        for path in sources()
        if path.suffix != ".md"
        for found in ELSEWHERE.findall(words(path))
    }
    assert cited == set()
