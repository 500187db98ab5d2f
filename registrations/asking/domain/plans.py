"""What a coordinator wants of a question, and the questions one can begin with."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partners.models import Person
from registrations.models import Question

Kind, About = Question.Kind, Question.About
COLUMNS = (
    "kind",
    "about",
    "required",
    "on_registering",
    "depends_values",
    "staff_read",
    "leads_read",
    "caterer_reads",
    "changeable_until",
    "kept_days",
    "least",
    "most",
)


@dataclass(kw_only=True)
class QuestionPlan:
    """One question as it is to be; `columns` are those of its row."""

    label: str
    help: str = ""
    options: list[str] = field(default_factory=list)
    kind: str = Kind.TEXT
    about: str = About.ORDINARY
    required: bool = False
    on_registering: bool = True
    depends_on: Question | None = None
    depends_values: list[str] = field(default_factory=list)
    staff_read: bool = True
    leads_read: bool = False
    caterer_reads: bool = False
    changeable_until: date | None = None
    kept_days: int | None = None
    least: int | None = None
    most: int | None = None
    readers: list[Person] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the columns; of what somebody needs or eats only those who are named read anything."""
        values = {name: getattr(self, name) for name in COLUMNS}
        if self.about != About.ORDINARY:
            values |= {"staff_read": False, "leads_read": False, "kept_days": 0}
        if self.about == About.ACCESS or self.kind == Kind.FILE:
            values["caterer_reads"] = False
        return values


def presets() -> dict[str, dict[str, Any]]:
    """Return what the form of a new question shows at first, by the name of a beginning."""
    return {
        "diet": {
            "label": _("Do you have any food allergies or dietary needs?"),
            "help": _("Check all that apply, or leave it empty."),
            "kind": Kind.MANY,
            "about": About.DIET,
            "options": "\n".join(
                [
                    _("Vegetarian"),
                    _("Vegan"),
                    _("Gluten-free"),
                    _("Dairy-free"),
                    _("Halal"),
                    _("Kosher"),
                    _("Nut allergy"),
                    _("Shellfish allergy"),
                ]
            ),
            "caterer_reads": True,
            "staff_read": False,
        },
        "access": {
            "label": _("What do you need to take part?"),
            "help": _("For example, an interpreter, large print, or a room without stairs."),
            "kind": Kind.LONG,
            "about": About.ACCESS,
            "staff_read": False,
        },
    }
