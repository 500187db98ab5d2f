"""What is said of reports of a meeting tool: the files, their zone, their columns, and who was who."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.forms.fields import zone_choices
from registrations.attendance.domain.report_deciding import Answer
from registrations.attendance.domain.report_files import Incoming
from registrations.attendance.domain.report_matching import Match
from registrations.attendance.domain.report_people import People
from registrations.attendance.exceptions import AttendanceRefused
from registrations.attendance.imports.limits import MOST_BYTES
from registrations.attendance.imports.lines import Preview
from registrations.attendance.imports.texts import ENCODINGS
from stemnet.forms.fields import LineField

MOST_FILES, MOST_HOURS, LONGEST_MINUTES = 12, 14, 4
OUT, OUT_FOR_GOOD = "out", "remember"
ENCODING_WORDS = {
    "windows-1252": gettext_lazy("Western European (Windows-1252)"),
    "windows-1250": gettext_lazy("Central European (Windows-1250)"),
    "windows-1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "windows-1254": gettext_lazy("Turkish (Windows-1254)"),
    "shift_jis": gettext_lazy("Japanese (Shift JIS)"),
    "gb18030": gettext_lazy("Chinese (GB 18030)"),
}


class FilesInput(forms.FileInput):
    """A field of the browser in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, read into memory up to what a report may have."""

    widget = FilesInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls"})

    def clean(self, data: Any, initial: Any = None) -> list[Incoming]:
        """Return what was chosen, with the content; one that is too long is cut where it is refused."""
        chosen: list[UploadedFile[Any]] = [one for one in data or [] if one]
        if not chosen:
            raise forms.ValidationError(_("Choose a file"))
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(
                _("Choose at most %(number)s files at a time.") % {"number": MOST_FILES}
            )
        return [Incoming(one.name or "", one.read(MOST_BYTES + 1)) for one in chosen]


class UploadForm(forms.Form):
    """Files of one meeting, and the zone of the times in them."""

    chosen = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "As Zoom, Teams, Google Meet, Webex, GoToMeeting or BigBlueButton wrote them: CSV or XLSX, up to "
            "20 MB each. If the meeting was restarted, choose all of its files."
        ),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of the times in the files"),
        choices=zone_choices,
        help_text=gettext_lazy("Usually the zone of the account that hosted the meeting."),
    )


class AddForm(forms.Form):
    """More files of the same meeting."""

    chosen = FilesField(label=gettext_lazy("Files"))


class TimesForm(forms.Form):
    """How the times of a report are read."""

    zone = forms.ChoiceField(label=gettext_lazy("Time zone of the times in the files"), choices=zone_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(hours, shift_words(hours)) for hours in range(-MOST_HOURS, MOST_HOURS + 1)]
        self.fields["shift"] = forms.TypedChoiceField(label=_("The times are"), coerce=int, choices=choices)


def shift_words(late: int) -> str:
    """Return by how many hours times are off: "1 hour late", "2 hours early", "right"."""
    if not late:
        return _("right")
    words = {"number": abs(late)}
    if abs(late) == 1:
        return _("1 hour late") if late > 0 else _("1 hour early")
    return (_("%(number)s hours late") if late > 0 else _("%(number)s hours early")) % words


class EncodingForm(forms.Form):
    """Which letters a file is written in."""

    encoding = forms.ChoiceField(
        label=gettext_lazy("If they don't, try another"),
        choices=[(name, ENCODING_WORDS[name]) for name in ENCODINGS],
    )


class OrderForm(forms.Form):
    """In which order a file writes day and month."""

    date_order = forms.ChoiceField(choices=[(one, one) for one in ("mdy", "dmy", "ymd")])


class ColumnsForm(forms.Form):
    """Which columns of a table that nobody knows are which."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.initial.update(preview.guess)
        names = [
            (place, name or _("Column %(number)s") % {"number": place + 1})
            for place, name in enumerate(preview.names)
        ]
        labels = {"name": _("Name"), "address": _("E-mail"), "joined": _("Joined"), "left": _("Left")}
        for field, label in labels.items():
            first = _("None") if field == "address" else _("Choose a column")
            self.fields[field] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=[("", first), *names],
                required=field != "address",
                empty_value=None,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two things."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [place for place in data.values() if place is not None]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Choose another column for each."))
        return data


class VisitorForm(forms.Form):
    """What staff say of one visitor: for how many minutes, where the report leaves that open."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes that count"), required=False, min_value=0)
    remember = forms.BooleanField(
        label=gettext_lazy("Remember this for later reports of this network"), required=False, initial=True
    )


class TakeBackForm(forms.Form):
    """Why a report is taken back."""

    reason = LineField(label=gettext_lazy("Why?"), max_length=300)


def answers_in(data: Mapping[str, str], matches: Iterable[Match], people: People) -> dict[str, Answer]:
    """Return what was answered on the list, by the key of a visitor; what is none of the choices is left.

    Raises AttendanceRefused for minutes that are no number.
    """
    answers: dict[str, Answer] = {}
    for one in matches:
        chosen, minutes = data.get(f"who-{one.id}", ""), minutes_in(data.get(f"minutes-{one.id}", ""), one)
        who = people.chosen([chosen])
        if chosen in (OUT, OUT_FOR_GOOD):
            answers[one.visitor.key] = Answer(out=True, remember=chosen == OUT_FOR_GOOD)
        elif who:
            answers[one.visitor.key] = Answer(who=who, minutes=minutes, remember=True)
        elif minutes is not None:
            answers[one.visitor.key] = Answer(minutes=minutes)
    return answers


def minutes_in(text: str, one: Match) -> int | None:
    """Return the minutes that were typed for a visitor, None for nothing. Raises AttendanceRefused."""
    typed = text.strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > LONGEST_MINUTES:
        sentence = _("Type whole minutes for %(name)s, such as 90.") % {"name": one.visitor.name}
        raise AttendanceRefused(sentence=sentence)
    return int(typed)
