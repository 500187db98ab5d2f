"""What every installation begins with: the subjects of the five networks of 2020-21, and whom networks are for.

Coordinators change both lists.
"""

from typing import Any

SUBJECTS = [
    ("mathematics", "Mathematics"),
    ("literacy", "Literacy"),
    ("science", "Science and technology/engineering"),
    ("computer_science", "Digital learning and computer science"),
    ("history", "History and social science"),
    ("all_stem", "All STEM"),
]
AUDIENCES = [
    ("district_leaders", "District leaders"),
    ("school_leaders", "School leaders"),
    ("teachers", "Teachers"),
    ("faculty", "College and university faculty"),
    ("organizations", "Organizations"),
]


def write_lists(apps: Any, _editor: Any) -> None:
    """Write the rows that are not there yet."""
    for name, rows in (("Subject", SUBJECTS), ("Audience", AUDIENCES)):
        model = apps.get_model("meetings", name)
        for position, (code, title) in enumerate(rows, start=1):
            model.objects.get_or_create(code=code, defaults={"title": title, "position": position})
