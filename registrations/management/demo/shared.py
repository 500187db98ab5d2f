"""What was shared at meetings of the demo: two small files, one with an earlier version, and links."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.gathering.domain import materials
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.models import Meeting
from partners.models import Person

TASK = [
    "A grade 8 task on waves",
    "Two buoys rise and fall in the harbor as a wave goes by.",
    "1. Draw what each of them does in ten seconds.",
    "2. Which wave has more energy? Say how you know.",
    "3. What would a student need who has never seen the sea?",
]
SHEET = "district,task that we try,who,by when\nWareham,waves,grade 8,February\nTaunton,,,\n"
NOTES = "https://notes.example.org/equity-based-assessment"
RECORDING = "https://video.example.org/morning"


def share(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Put what was shared at a meeting that is over on its page."""
    read_before(meeting, by=by, at=at)
    sheet = Shown("handout", "registered", "now", note="version 2, as amended at the meeting")
    add(meeting, "planning-sheet.csv", SHEET.encode(), title="Planning sheet", shown=sheet, by=by, at=at)
    kept = meeting.materials.get(title="Planning sheet")
    with gathered([], [a_file("planning-sheet-2.csv", SHEET.replace(",,,", ",tides,,").encode())]) as (file,):
        materials.add_version(kept, file, by=by, at=at)
    links = [
        ("Our shared notes", NOTES, Shown("link", "registered", "now")),
        (
            "Recording of the morning",
            RECORDING,
            Shown("recording", "attended", "end", "62 minutes, captioned"),
        ),
        ("Plan for the tables", NOTES, Shown("other", "staff", "now")),
    ]
    for title, url, shown in links:
        materials.add_link(meeting, title=title, url=url, shown=shown, by=by, at=at)


def read_before(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Put what is to be read before a meeting on its page."""
    shown = Shown("reading", "public", "now", note="from the department chair, New Bedford")
    add(meeting, "waves.pdf", a_pdf(TASK), title=TASK[0], shown=shown, by=by, at=at)


def add(
    meeting: Meeting, name: str, content: bytes, *, title: str, shown: Shown, by: Person, at: datetime
) -> None:
    """Add one file."""
    with gathered([], [a_file(name, content)]) as files:
        materials.add_files(meeting, files, title=title, shown=shown, by=by, at=at)


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file as a form would send it."""
    return SimpleUploadedFile(name, content)


def a_pdf(lines: list[str]) -> bytes:
    """Return a page with ``lines``, the first of them large."""
    title, *rest = lines
    words = [f"BT /F 22 Tf 60 720 Td ({title}) Tj /F 12 Tf 0 -20 Td"]
    words += [f"0 -24 Td ({line}) Tj" for line in rest]
    stream = " ".join([*words, "ET"])
    objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(en-US)>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    ]
    made, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")
