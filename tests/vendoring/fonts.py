"""Web fonts with only the weights that the style sheets ask for; document fonts without hints for screens."""

import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# What a browser applies by itself, and the figures of equal width that the style sheets ask for.
WEB_FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig", "rvrn"]
WEB_FEATURES += ["tnum"]
# Of the features, documents are set without those for vertical lines, fractions and spaced Chinese.
LEFT_OUT = {"vertical", "fractions", "east_asian_spacing", "rand", "private"}
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]

FILES = r"url\(\./files/([^)]+)\)"


def web(package: Path, target: Path, weights: tuple[int, int]) -> None:
    """Write every subset of the upright family with ``weights`` only, and its sheet."""
    css = (package / "wght.css").read_text()
    for name in re.findall(FILES, css):
        narrow(package / "files" / name, target / "files" / name, weights)
    (target / "wght.css").write_text(minified(weighing(css, "{} {}".format(*weights))))


def light(package: Path, target: Path, weight: int) -> None:
    """Write the Latin subset in one weight that only Django's admin asks for, and its sheet."""
    face = (package / "wght.css").read_text().split("/* ")[-1].partition("*/")[2]
    source = re.findall(FILES, face)[0]
    name = source.replace("wght", str(weight))
    narrow(package / "files" / source, target / "files" / name, weight)
    face = face.replace(source, name).replace("woff2-variations", "woff2")
    face = weighing(face, str(weight))
    (target / "light.css").write_text(minified(face))


def narrow(source: Path, target: Path, weights: int | tuple[int, int]) -> None:
    """Write one web font with the axis of its weight limited."""
    font = TTFont(source, recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weights}, inplace=True)
    font.flavor = None
    whole = io.BytesIO()
    font.save(whole)
    font = TTFont(whole, recalcTimestamp=False)
    cut(font, subset.Options(hinting=False, layout_features=WEB_FEATURES, name_IDs=[0, 1, 2, 13, 14]))
    font.flavor = "woff2"
    font.save(target)


def documents(originals: Path, target: Path) -> None:
    """Write each font that lies in ``target`` anew from the file of its name below ``originals``.

    Every character stays, with the features that the typesetter applies.
    """
    groups = subset.Options._layout_features_groups
    features = [tag for group, tags in groups.items() if group not in LEFT_OUT for tag in tags]
    found = {path.name: path for path in originals.rglob("*.ttf")}
    for path in sorted(target.glob("*.ttf")):
        options = subset.Options(
            hinting=False, layout_features=features, name_IDs=NAMES, notdef_outline=True, legacy_kern=True
        )
        options.drop_tables += ["DSIG", "STAT", "vhea", "vmtx"]
        font = TTFont(found[path.name], recalcTimestamp=False)
        cut(font, options)
        font.save(path)


def cut(font: TTFont, options: subset.Options) -> None:
    """Leave in ``font`` what its own characters need."""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(font.getBestCmap()))
    cutter.subset(font)


def weighing(css: str, weights: str) -> str:
    """Return a sheet whose faces say that they have ``weights``."""
    return re.sub(r"font-weight: \d+ \d+", f"font-weight: {weights}", css)


def minified(css: str) -> str:
    """Return a sheet without comments and needless spaces."""
    css = re.sub(r"/\*.*?\*/|\s+", " ", css, flags=re.DOTALL)
    return re.sub(r"\s*([{}:;,])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
