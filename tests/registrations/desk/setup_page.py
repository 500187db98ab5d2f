"""What a browser sends from the page of a network."""

from typing import Any

STELDN_DATES = "October 14, 2020; December 8, 2020; February 10, 2021; April 13, 2021; and May 26, 2021"


def typed(**changed: Any) -> dict[str, Any]:
    """A complete network as typed; names with a dash are given as ``**{"plan-dates": …}``."""
    page = {
        "title": "Science and Technology/Engineering District Leaders Network",
        "school_year": "2020-21",
        "kind": "series",
        "subjects": ["science"],
        "audiences": ["district_leaders"],
        "summary": "Five meetings of STE leaders.",
        "who_should_attend": "District leaders, or their designee",
        "description": "Share resources and strategies.",
        "zone": "America/New_York",
        "seats": "60",
        "waitlist": "on",
        "contact_name": "Network coordinator",
        "contact_email": "coordinator@example.org",
        "asks_evaluation": "on",
        "credit_code": "MA-PDP",
        "plan-dates": STELDN_DATES,
        "plan-start_time": "09:00",
        "plan-end_time": "12:00",
        "plan-modality": "online",
        "plan-slot_start": "12:00",
        "plan-slot_end": "15:00",
        **rows("meetings", []),
        **rows("groups", [{"title": "Remote learning", "modality": "online", "same_topic": "on"}]),
        **rows(
            "commitments",
            [
                {"text": "Attend sessions in the network series", "required": "on"},
                {"text": "Join an optional working group focused on a specific STE topic"},
            ],
        ),
        "act": "save",
    }
    return {**page, **changed}


def rows(prefix: str, values: list[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    """The rows of one kind, with what a formset wants around them."""
    around = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": str(initial)}
    cells = {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(values) for name, value in row.items()
    }
    return {**around, **cells}


def as_shown(page: Any, **changed: Any) -> dict[str, Any]:
    """What the browser would send back from a shown `NetworkPage`, with some fields changed."""
    sent: dict[str, Any] = {"seen": page.seen, "act": "save"}
    for rows_shown in page.formsets():
        form = rows_shown.management_form
        sent |= {form.add_prefix(name): form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in page.all_forms():
        for bound in form:
            if not bound.field.disabled:
                sent[bound.html_name] = as_sent(bound)
    return {**{name: value for name, value in sent.items() if value is not None}, **changed}


def as_sent(bound: Any) -> Any:
    """One field as a browser sends it: an unticked box not at all."""
    value = bound.field.prepare_value(bound.value())
    if isinstance(value, bool):
        return "on" if value else None
    return (
        ""
        if value is None
        else bound.field.widget.format_value(value)
        if not isinstance(value, str)
        and hasattr(bound.field.widget, "format_value")
        and not hasattr(bound.field, "choices")
        else value
    )
