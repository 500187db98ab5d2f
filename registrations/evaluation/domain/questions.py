"""The questions that a network evaluation asks unless staff change them (docs/rules.md 10.1)."""

from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from registrations.models import Evaluation, EvaluationQuestion

Kind = EvaluationQuestion.Kind

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


def default_questions(evaluation: Evaluation) -> list[EvaluationQuestion]:
    """Return the questions for ``evaluation``, numbered, unsaved, in the network's language."""
    with override(evaluation.network.language):
        rows: list[dict[str, Any]] = [
            *({"kind": Kind.AGREE, "text": gettext(text), "required": True} for text in AGREE),
            *({"kind": Kind.RATING, "text": gettext(text), "required": True} for text in RATING),
            *({"kind": Kind.RECOMMEND, "text": gettext(text), "required": True} for text in RECOMMEND),
            *({"kind": Kind.WORDS, "text": gettext(text)} for text in WORDS),
            *(
                {"kind": Kind.CHOICE, "text": gettext(text), "choices": [gettext(one) for one in choices]}
                for text, choices in CHOICE.items()
            ),
        ]
    return [
        EvaluationQuestion(evaluation=evaluation, number=number, **row) for number, row in enumerate(rows, 1)
    ]
