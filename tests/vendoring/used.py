"""The classes and icons that templates, forms, scripts and style sheets name."""

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("stemnet", "partners", "meetings", "registrations")
# Pages of these folders have style sheets of their own: Django's admin, and letters.
APART = {"admin", "mail", "simple_history"}
# What `|crispy` and `|as_crispy_field` draw a form with.
CRISPY = ["uni_form.html", "field.html", "layout/radio_checkbox_select.html", "layout/field_file.html"]
CRISPY += ["layout/help_text.html", "layout/field_errors.html", "layout/field_errors_block.html"]

CLASSES = re.compile(r"""class["']?(?:=|: |\s)(["'])((?:\{%.*?%\}|\{\{.*?\}\}|(?!\1).)*)\1""", re.DOTALL)
SWITCHED = re.compile(r"""classList\.\w+\(([^)]*)\)""")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ICONS = re.compile(r"""\bbi-([a-z0-9-]*[a-z0-9])|\bicon(?: = |=|\|default:)["']([a-z0-9-]+)["']""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULES = re.compile(r"\{[^{}]*\}")
NEGATED = re.compile(r":not\([^()]*\)")
SELECTED = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


def pages() -> Iterator[Path]:
    """The templates of the portal's own pages."""
    for folder in (ROOT / "templates", *ROOT.glob("*/templates")):
        for path in folder.rglob("*.html"):
            if not APART & set(path.relative_to(folder).parts):
                yield path


def sources() -> Iterator[Path]:
    """Every file of the portal that may name a class or an icon, without the admin's."""
    yield from pages()
    yield from (path for path in (ROOT / "static" / "js").glob("*.js") if not path.stem.startswith("admin"))
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if not is_admins(path))


def of_the_admin() -> Iterator[Path]:
    """Every file of the admin that may name an icon."""
    yield from (ROOT / "templates" / "admin").rglob("*.html")
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if is_admins(path))


def is_admins(path: Path) -> bool:
    """Return whether a module belongs to the admin."""
    return "admin" in path.relative_to(ROOT).parts or path.stem in ("admin_site", "admin_work")


def crispy() -> Iterator[Path]:
    """The templates of the package that draws forms."""
    found = find_spec("crispy_bootstrap5")
    assert found and found.origin
    yield from (Path(found.origin).parent / "templates" / "bootstrap5" / name for name in CRISPY)


def sheets() -> Iterator[Path]:
    """The portal's own style sheets, without those of the admin."""
    return (
        path for path in sorted((ROOT / "static" / "css").glob("*.css")) if not path.stem.startswith("admin")
    )


def classes(paths: Iterable[Path]) -> set[str]:
    """Return the classes that the files name; one that ends with a hyphen is the beginning of several."""
    words: set[str] = set()
    for path in paths:
        text = path.read_text()
        for _quote, value in CLASSES.findall(text):
            words.update(TAGS.sub(lambda tag: " " if tag[0].startswith("{%") else "", value).split())
        for names in SWITCHED.findall(text):
            words.update(re.findall(r"[\w-]+", names))
    return words


def icons() -> set[str]:
    """Return the icons that the portal names, without `bi-`."""
    texts = [path.read_text() for path in (*sources(), *sheets(), *of_the_admin())]
    return {whole or named for text in texts for whole, named in ICONS.findall(text)}


def styled(css: str) -> set[str]:
    """Return the classes that a sheet or a selector has rules for; what `:not()` excludes is none of them."""
    return set(SELECTED.findall(NEGATED.sub("", RULES.sub("{}", COMMENT.sub("", css)))))
