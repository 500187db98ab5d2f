"""What a column of an export is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.credit.domain.export_lines import Line
from stemnet.tables.writing import Cell, Column

Words = str | Promise


class Kind(TextChoices):
    """What the cells of a column are."""

    TEXT = "text", gettext_lazy("text")
    NUMBER = "number", gettext_lazy("number")
    DAY = "day", gettext_lazy("date")
    TIME = "time", gettext_lazy("time")
    YES_NO = "yes_no", gettext_lazy("yes or no")


class About(TextChoices):
    """What a column is about; its values are in the order of a row."""

    PERSON = "person", gettext_lazy("The person")
    WORK = "work", gettext_lazy("Where they work")
    NETWORK = "network", gettext_lazy("The network")
    CREDIT = "credit", gettext_lazy("Hours and points")
    CATEGORIES = "categories", gettext_lazy("Minutes of each category")
    DOCUMENT = "document", gettext_lazy("Evaluation and documents")
    MEETING = "meeting", gettext_lazy("The meeting")


@dataclass(frozen=True)
class ExportColumn:
    """One column: the key by which it is chosen, its heading, and what it says of a line.

    Those about a meeting have a value only in exports with a row for each person and meeting. ``width`` is in
    characters.
    """

    key: str
    heading: Words
    kind: Kind
    width: int
    value: Callable[[Line], Cell]
    about: About

    @property
    def of_meeting(self) -> bool:
        """Return whether it is about one meeting."""
        return self.about == About.MEETING

    def cell(self, line: Line) -> Cell:
        """Return its value as a cell, with words for yes and no."""
        value = self.value(line)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return value

    def column(self, heading: str = "") -> Column[Line]:
        """Return it as a column of a sheet, by another heading if one is given."""
        return Column(heading or str(self.heading), self.width, self.cell)
