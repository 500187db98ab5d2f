"""Values of a spreadsheet's cells as text; it imports nothing heavy, for `old_workbook` starts alone."""

from datetime import date, datetime, time, timedelta
from typing import Any

HALF_SECOND = timedelta(milliseconds=500)


def words_of(value: Any) -> str:
    """Return a value as reports write it; moments to the second, lengths as hours, minutes, seconds."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value + HALF_SECOND).replace(microsecond=0).isoformat(" ")
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
