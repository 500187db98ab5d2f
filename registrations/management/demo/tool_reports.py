"""Reports of meeting tools in the demo: two that were imported, of Zoom and of Teams, and one to look at."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meetings.models import Meeting
from partners.models import Person
from registrations.attendance.domain import attendance, report_files, report_importing
from registrations.attendance.domain.report_files import Incoming
from registrations.attendance.domain.report_plan import plan_of
from registrations.attendance.domain.report_reading import read_all
from registrations.management.demo import life
from registrations.management.demo.life import Came
from registrations.models import AttendanceReport, Registration, Seen, Source

Visit = tuple[str, str, datetime, datetime]  # name, address, and when on the wall clock
TEAMS = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"
ACTIVITIES = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole"


def attend(
    meeting: Meeting, ways: Iterable[tuple[Registration, list[Came]]], *, number: int, by: Person
) -> None:
    """Import who was at one meeting from the report of its tool; staff mark by hand who was absent."""
    came = [(registration, way[number]) for registration, way in ways]
    *online, (in_the_room, _all_of_it) = [(registration, how) for registration, how in came if how]
    visits = [visit for registration, how in online for visit in visits_of(meeting, registration, how)]
    visits += barely_online(meeting, in_the_room)
    report = brought(meeting, visits, is_teams=number == 4, by=by)
    plan = plan_of(read_all(report, meeting=meeting), viewer=by)
    at = meeting.ends_at + timedelta(minutes=40)
    report_importing.confirm(report, seen=plan.fingerprint, leave_out=True, by=by, at=at)
    life.attend(meeting, [(registration, None) for registration, how in came if how is None], by=by)


def barely_online(meeting: Meeting, registration: Registration) -> list[Visit]:
    """Let somebody sit in the room with their phone, and look into the online meeting for five minutes."""
    attendance.mark_attendance(
        registration=registration,
        meeting=meeting,
        seen=Seen.PRESENT,
        source=Source.SELF,
        by=registration.person,
        at=meeting.starts_at,
    )
    late = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1) - 5
    return list(visits_of(meeting, registration, (late, 0)))


def visits_of(meeting: Meeting, registration: Registration, how: tuple[int, int]) -> Iterator[Visit]:
    """Give when somebody was online, as minutes late and early say; every seventh lost the line once."""
    zone, (late, early) = ZoneInfo(meeting.zone), how
    start = (meeting.starts_at + timedelta(minutes=late)).astimezone(zone)
    end = (meeting.ends_at - timedelta(minutes=early)).astimezone(zone)
    who = str(registration.person), registration.person.primary_address
    if registration.pk % 7:
        yield *who, start, end
    else:
        yield *who, start, start + timedelta(minutes=40)
        yield *who, start + timedelta(minutes=40), end


def brought(meeting: Meeting, visits: list[Visit], *, is_teams: bool, by: Person) -> AttendanceReport:
    """Bring a report of these visits, half an hour after the meeting."""
    name, content = (
        ("attendance-report.csv", teams(visits)) if is_teams else ("zoom.csv", zoom(meeting, visits))
    )
    at = meeting.ends_at + timedelta(minutes=30)
    files = [Incoming(name, content)]
    done = report_files.bring(meeting, files, zone=meeting.zone, by=by, at=at)
    if done.report is None:
        raise ValueError(done.refused)
    return done.report


def bring(meeting: Meeting, registrations: list[Registration], *, by: Person) -> None:
    """Bring a Zoom report that waits for staff: most are known, some lines are not, and one is no person."""
    visits = [visit for one in registrations[:-6] for visit in visits_of(meeting, one, (0, one.pk % 3 * 20))]
    *_known, (_name, _address, start, end) = visits
    others = ["Library Conference Room", "15555550106", "Otter.ai Notetaker", "iPad"]
    others += [f"{one.person.first_name[0]}. {one.person.last_name}" for one in registrations[-6:-4]]
    brought(meeting, [*visits, *((name, "", start, end) for name in others)], is_teams=False, by=by)


def zoom(meeting: Meeting, visits: list[Visit]) -> bytes:
    """Return a report as Zoom writes it."""
    lines = [
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,",
        f"00000000003,{meeting.title},{us(visits[0][2])},{us(visits[0][3])},staff@example.org,180,{len(visits)},",
        "",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
    ]
    lines += [
        f'"{name}",{address},{us(start)},{us(end)},{-((start - end) // timedelta(minutes=1))},Yes'
        for name, address, start, end in visits
    ]
    return "\ufeff".encode() + "\r\n".join([*lines, ""]).encode()


def us(moment: datetime) -> str:
    """Return a moment as Zoom writes it."""
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def teams(visits: list[Visit]) -> bytes:
    """Return a report as Teams writes it: numbered sections, of which the third has the visits."""
    rows = [f"{name} (Guest)\t{us(start)}\t{us(end)}\t3h\t{mail}" for name, mail, start, end in visits]
    lines = ["1. Summary", f"Attended participants\t{len(visits)}", "", "2. Participants", TEAMS]
    lines += [f"{row}\t{row.split(chr(9))[-1]}\tPresenter" for row in rows]
    lines += ["", "3. In-Meeting Activities", ACTIVITIES, *(f"{row}\tPresenter" for row in rows)]
    return "\r\n".join([*lines, ""]).encode("utf-16")
