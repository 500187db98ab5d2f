"""Which columns of minutes the categories of all rules share in files for other programs (docs/rules.md 3.5).

A rule of a state calls the same thing by its own code: hours about English learners are `sei_esl` in
Massachusetts and `language` in New York, and both stand in one column.
"""

from collections.abc import Mapping
from fractions import Fraction

from registrations.credit.domain.credits import NOTHING
from stemnet.shares import shared_out

CATEGORY_LABELS = ("content", "pedagogy", "ell", "swd", "stem", "equity", "leadership")
LABEL_OF = {
    **{label: label for label in CATEGORY_LABELS},
    "sei_esl": "ell",
    "language": "ell",
    "swd_diverse": "swd",
}


def minutes_by_label(exact: Mapping[str, Fraction], *, counted: Fraction | int) -> dict[str, int]:
    """Return whole minutes of each label, of ``counted`` ones; those of all categories add up to it.

    ``exact`` are the minutes by the codes of a rule. A code without a column stands in none.
    """
    whole = shared_out(int(counted), [int(minutes * 60) for minutes in exact.values()])
    found = dict.fromkeys(CATEGORY_LABELS, NOTHING)
    for code, minutes in zip(exact, whole, strict=False):  # nothing is shared out where there are no minutes
        if code in LABEL_OF:
            found[LABEL_OF[code]] += minutes
    return {label: int(minutes) for label, minutes in found.items()}
