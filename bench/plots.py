"""Bars as SVG: one group for each act, one bar for each side, long ranges by their logarithm."""

from html import escape
from math import log10

COLORS = {"ours": "#0b5fa5", "floor": "#6b7280", "peer": "#b45309", "before": "#9d174d"}
WIDTH, LABELS, BAR, GAP, TOP = 900, 330, 12, 10, 64


def bars(title: str, groups: dict[str, dict[str, float | None]]) -> str:
    """Return a picture of figures by act and side, with each number beside its bar."""
    known = [value for sides in groups.values() for value in sides.values() if value]
    low, high = min(known, default=1.0), max(known, default=10.0)
    scale = (WIDTH - LABELS - 90) / max(log10(high / low) + 0.3, 0.3)
    drawn, y = [], TOP
    for name, sides in groups.items():
        there = {side: value for side, value in sides.items() if value}
        drawn.append(f'<text x="{LABELS - 10}" y="{y + 10}" text-anchor="end">{escape(name)}</text>')
        for side, value in there.items():
            length = (log10(value / low) + 0.3) * scale
            drawn += [
                f'<rect x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR - 1}" fill="{COLORS[side]}"/>',
                f'<text x="{LABELS + length + 5:.1f}" y="{y + 10}">{value:,.3g}</text>',
            ]
            y += BAR
        y += GAP if there else BAR + GAP
    present = [side for side in COLORS if any(sides.get(side) for sides in groups.values())]
    legend = [
        f'<rect x="{LABELS + 120 * n}" y="36" width="12" height="12" fill="{COLORS[side]}"/>'
        f'<text x="{LABELS + 120 * n + 18}" y="46">{side}</text>'
        for n, side in enumerate(present)
    ]
    words = escape("; ".join(said(name, sides) for name, sides in groups.items()))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" '
            'aria-labelledby="title desc" font-family="sans-serif" font-size="11">',
            f'<title id="title">{escape(title)}</title><desc id="desc">{words}</desc>',
            f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>',
            f'<text x="10" y="22" font-size="15">{escape(title)} (logarithmic)</text>',
            *legend,
            *drawn,
            "</svg>\n",
        ]
    )


def said(name: str, sides: dict[str, float | None]) -> str:
    """Return one group in words, for those who do not see it."""
    return f"{name}: " + ", ".join(f"{side} {value:,.3g}" for side, value in sides.items() if value)
