"""Sharing a number out in proportion, in whole numbers that add up."""

from collections.abc import Sequence
from fractions import Fraction

ONE = Fraction(1)


def shared_out(whole: Fraction | int, parts: Sequence[int]) -> list[Fraction]:
    """Return the share that each of ``parts`` has in ``whole``, in whole numbers: the largest remainder.

    Each gets what is whole of its exact share; what is left goes one by one to the largest remainders, of
    equal ones to the first. Less than one that is left at last goes to the next of them, so that all add up.
    """
    together = sum(parts)
    if not together:
        return []
    exact = [Fraction(whole) * part / together for part in parts]
    shares = [share // ONE * ONE for share in exact]
    left = Fraction(whole) - sum(shares)
    for number in sorted(range(len(parts)), key=lambda one: (shares[one] - exact[one], one)):
        more = min(left, ONE)
        shares[number] += more
        left -= more
    return shares
