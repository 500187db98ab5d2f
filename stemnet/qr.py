"""QR codes as SVG, in the color of ink, for papers and for pages."""

import io
from typing import Literal

import segno
from django.utils.safestring import SafeString, mark_safe

INK = "#10222e"
# Readers take any of the eight patterns of ISO/IEC 18004. To look for the best takes five times as long, and
# by the count of faults that the standard gives, this one is 2 percent from it.
MASK = 3
QUIET = 4  # modules of white around it, which the standard asks for


def qr_svg(address: str, *, error: Literal["l", "m"] = "m") -> str:
    """Return the QR code of ``address`` as SVG for a paper, with nothing around it.

    A small one has fewer and larger modules with ``error`` "l", which forgives less dirt.
    """
    svg = io.BytesIO()
    _made(address, error=error).save(svg, kind="svg", border=0, dark=INK, xmldecl=False)
    return svg.getvalue().decode()


def qr_inline(address: str) -> SafeString:
    """Return the QR code of ``address`` as SVG for a page, which gives it its size, with white around it."""
    drawn: str = _made(address).svg_inline(
        border=QUIET, dark=INK, light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - paths only; the address stands nowhere in it as text


def _made(address: str, *, error: Literal["l", "m"] = "m") -> segno.QRCode:
    return segno.make(address, error=error, micro=False, mask=MASK)
