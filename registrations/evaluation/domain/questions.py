"""The questions that an evaluation asks unless staff change them (docs/rules.md 10.1)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from registrations.models import EvaluationQuestion, Questionnaire

Kind, Purpose = EvaluationQuestion.Kind, Questionnaire.Purpose

AGREE = [
    gettext_noop("The goals of this network, and what we were going to learn, were clear."),
    gettext_noop("What we worked on fits my district's or organization's priorities."),
    gettext_noop("Each meeting built on the one before."),
    gettext_noop("The people who led the meetings knew their subject."),
    gettext_noop("I was able to work with leaders from other districts."),
    gettext_noop("The way we met, in person or online, worked for me."),
    gettext_noop("The materials were useful and accessible."),
    gettext_noop("I know or can do something that I couldn't before."),
    gettext_noop("I can use what I learned in my own work."),
    gettext_noop("I have already used something from this network."),
    gettext_noop("My district or organization gives me time and support to act on it."),
    gettext_noop("My working group made something useful."),
    gettext_noop("I feel part of a professional network."),
    gettext_noop("I expect that students will learn more because of it."),
]
RATING = [gettext_noop("Overall, how good was this network?")]
RECOMMEND = [gettext_noop("How likely are you to recommend this network to a colleague?")]
WORDS = [
    gettext_noop("What was most valuable to you?"),
    gettext_noop("What should we change?"),
    gettext_noop("What will you do next, and by when?"),
    gettext_noop("What support do you need for it?"),
    gettext_noop("Which topics should we take up next year?"),
]
CHOICE = {
    gettext_noop("Your work"): [
        gettext_noop("District leader"),
        gettext_noop("School leader"),
        gettext_noop("Teacher or coach"),
        gettext_noop("College or university"),
        gettext_noop("Other"),
    ],
    gettext_noop("The grades you work with most"): [
        gettext_noop("PreK to 5"),
        gettext_noop("6 to 8"),
        gettext_noop("9 to 12"),
        gettext_noop("All grades"),
        gettext_noop("College or university"),
    ],
    gettext_noop("Where you work"): [
        gettext_noop("In this partnership's region"),
        gettext_noop("Elsewhere in the state"),
        gettext_noop("In another state"),
    ],
}


PULSE_RATING = gettext_noop("How good was this meeting?")
PULSE_MATRIX = [
    gettext_noop("The time was well used."),
    gettext_noop("I can use what we did in my own work."),
    gettext_noop("Everyone could take part."),
]
FEW = ("9", "15", "16", "17", "18")
Row = dict[str, Any]


def whole() -> list[EvaluationQuestion]:
    """Return all questions of the portal for the end of a network."""
    experience, words, about = _("Your experience"), _("In your own words"), _("About you")
    rows: list[Row] = [
        *({"kind": Kind.AGREE, "text": _(text), "required": True} for text in AGREE),
        *({"kind": Kind.RATING, "text": _(text), "required": True} for text in RATING),
        *({"kind": Kind.RECOMMEND, "text": _(text), "required": True} for text in RECOMMEND),
        *({"kind": Kind.WORDS, "text": _(text), "section": words} for text in WORDS),
        *(
            {
                "kind": Kind.CHOICE,
                "text": _(text),
                "choices": [_(one) for one in choices],
                "section": about,
                "splits": True,
            }
            for text, choices in CHOICE.items()
        ),
    ]
    return [
        EvaluationQuestion(number=number, code=str(number), **{"section": experience, **row})
        for number, row in enumerate(rows, 1)
    ]


def short() -> list[EvaluationQuestion]:
    """Return the few of them that take two minutes."""
    return [question for question in whole() if question.code in FEW]


def pulse() -> list[EvaluationQuestion]:
    """Return what is asked after a meeting."""
    meeting = _("This meeting")
    rows: list[Row] = [
        {"code": "p1", "kind": Kind.RATING, "text": _(PULSE_RATING), "required": True},
        {
            "code": "p2",
            "kind": Kind.MATRIX,
            "text": _("How far do you agree?"),
            "rows": [_(row) for row in PULSE_MATRIX],
            "required": True,
        },
        {
            "code": "p3",
            "kind": Kind.WORDS,
            "text": _("What went wrong?"),
            "depends_on": "p1",
            "depends_values": ["1", "2"],
        },
        {"code": "p4", "kind": Kind.WORDS, "text": _("What should we keep, and what should we change?")},
    ]
    return [
        EvaluationQuestion(number=number, section=meeting, **row) for number, row in enumerate(rows, start=1)
    ]


PRESETS = {
    Purpose.END: {
        "whole": (gettext_lazy("All questions of this portal, five minutes"), whole),
        "short": (gettext_lazy("A few of them, two minutes"), short),
    },
    Purpose.PULSE: {"pulse": (gettext_lazy("The questions of this portal for a pulse, one minute"), pulse)},
}
