"""Rounding, exact: what a figure becomes (docs/rules.md 2.5)."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Way = Literal["down", "nearest"]
HALF = Fraction(1, 2)


def round_down(value: Fraction, increment: Fraction) -> Fraction:
    """Return the largest multiple of ``increment`` that is not above ``value``; 0 rounds nothing."""
    return value // increment * increment if increment else value


def rounded(value: Fraction, increment: Fraction, way: str, *, most: Fraction | None = None) -> Fraction:
    """Return ``value`` as a multiple of ``increment``: cut, or the nearest one, where half a step goes up.

    What would be above ``most`` is ``most`` itself. 0 rounds nothing.
    """
    if not increment:
        return value
    steps = value / increment + (HALF if way == "nearest" else 0)
    found = steps // 1 * increment
    return found if most is None else min(found, most)


def decimal_down(value: Fraction, places: int = 2) -> Decimal:
    """Return ``value`` for show with at most ``places`` decimals, cut and never rounded up."""
    scale: int = 10**places
    return (Decimal(int(value * scale)) / scale).normalize() + Decimal(0)
