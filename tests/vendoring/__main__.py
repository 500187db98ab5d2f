"""Make the vendored files anew; `static/vendor/README.md` says how to get what this needs.

python -m tests.vendoring web NODE_MODULES
python -m tests.vendoring documents FOLDER
"""

import json
import shutil
import sys
from pathlib import Path

from tests.vendoring import css, fonts, icons, used

VENDOR = used.ROOT / "static" / "vendor"
DOCUMENT_FONTS = used.ROOT / "stemnet" / "typst" / "fonts"
# Text asks for 400 to 700, and Django's admin for 300 as well. The font of headings keeps all its weights: it
# is drawn from two only, so that fewer save 2 KB, but are rounded, and some lines break elsewhere.
TEXT, HEADINGS, ADMIN = (400, 700), (200, 800), 300
PACKAGES = {
    "bootstrap": "bootstrap",
    "bootstrap-icons": "bootstrap-icons",
    "htmx": "htmx.org",
    "jsqr": "jsqr",
    "inter": "@fontsource-variable/inter",
    "bricolage-grotesque": "@fontsource-variable/bricolage-grotesque",
}


def web(modules: Path) -> None:
    """Write everything below `static/vendor/`, each with the version and licence of its package."""
    for folder, name in PACKAGES.items():
        package, target = modules / name, VENDOR / folder
        version = json.loads((package / "package.json").read_text())["version"]
        (target / "VERSION").write_text(f"{version}\n")
        shutil.copy(package / "LICENSE", target / "LICENSE")
    bootstrap(modules / PACKAGES["bootstrap"] / "dist" / "css" / "bootstrap.min.css")
    icons.make(modules / PACKAGES["bootstrap-icons"], VENDOR / "bootstrap-icons", used.icons())
    shutil.copy(modules / PACKAGES["htmx"] / "dist" / "htmx.min.js", VENDOR / "htmx" / "htmx.min.js")
    shutil.copy(modules / PACKAGES["jsqr"] / "dist" / "jsQR.js", VENDOR / "jsqr" / "jsQR.js")
    fonts.web(modules / PACKAGES["inter"], VENDOR / "inter", TEXT)
    fonts.light(modules / PACKAGES["inter"], VENDOR / "inter", ADMIN)
    fonts.web(modules / PACKAGES["bricolage-grotesque"], VENDOR / "bricolage-grotesque", HEADINGS)


def bootstrap(source: Path) -> None:
    """Write what the portal's pages and forms use of Bootstrap's sheet."""
    text = source.read_text().partition("/*# sourceMappingURL")[0]
    classes = used.classes([*used.sources(), *used.crispy()])
    own = "".join(path.read_text() for path in used.sheets())
    kept = css.subset(text, classes=classes, others=own)
    (VENDOR / "bootstrap" / "bootstrap.min.css").write_text(f"{kept}\n")


def main() -> None:
    """Do what the command line asks for."""
    if len(sys.argv) != 3 or sys.argv[1] not in ("web", "documents"):
        sys.exit(str(__doc__))
    if sys.argv[1] == "web":
        web(Path(sys.argv[2]))
    else:
        fonts.documents(Path(sys.argv[2]), DOCUMENT_FONTS)


main()
