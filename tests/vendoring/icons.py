"""The font of Bootstrap Icons with only the icons that the portal names, and its style sheet."""

import json
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONT = "fonts/bootstrap-icons.woff2"


def make(package: Path, target: Path, names: set[str]) -> None:
    """Write font and sheet; the icons keep their code points, so that templates stay as they are.

    Raises:
        SystemExit: the package has no icon of a name.
    """
    points = json.loads((package / "font" / "bootstrap-icons.json").read_text())
    if missing := names - set(points):
        raise SystemExit(f"Bootstrap Icons has no {', '.join(sorted(missing))}.")
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2], notdef_outline=True)
    font = TTFont(package / "font" / FONT, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[points[name] for name in names])
    cutter.subset(font)
    true_edges(font)
    font.flavor = "woff2"
    font.save(target / FONT)
    rules = "".join(f'.bi-{name}::before{{content:"\\{points[name]:x}"}}' for name in sorted(names))
    (target / "bootstrap-icons.min.css").write_text(head(package) + rules + "\n")


def true_edges(font: TTFont) -> None:
    """Give each icon its own left edge; the package says 0 for all, and browsers would move them there."""
    shapes, widths = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        shapes[name].recalcBounds(shapes)
        widths[name] = widths[name][0], shapes[name].xMin


def head(package: Path) -> str:
    """Return the sheet of the package up to its first icon, with the address of the one file that stays."""
    css = (package / "font" / "bootstrap-icons.min.css").read_text()
    css = css[: re.compile(r"\.bi-[a-z0-9-]+::before").search(css).start()]  # type: ignore[union-attr]
    return re.sub(r"src:[^;}]*", f'src:url("{FONT}") format("woff2")', css)
