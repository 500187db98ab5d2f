"""Reports of meeting tools as bytes, and a meeting with people whom they name."""

from datetime import UTC, datetime

from registrations.attendance.domain import report_files, report_importing, report_plan, report_reading
from registrations.attendance.domain.report_files import Incoming
from registrations.models import Attendance, AttendanceReport
from tests.factories import a_meeting, a_network, a_person, a_registration, a_staff_member

AT = datetime(2020, 10, 14, 18, 0, tzinfo=UTC)  # two hours after the meeting
HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def zoom(*rows, day="10/14/2020", topic="Opening meeting"):
    """Return a Zoom report: rows are a name, an address, and when they joined and left, such as "09:00"."""
    above = f"Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\r\n1,{topic},"
    above += f"{day} 08:45:00 AM,{day} 12:10:00 PM,host@example.org,205,{len(rows)},\r\n\r\n"
    lines = [f"{name},{mail},{at(day, came)},{at(day, left)},1,Yes" for name, mail, came, left in rows]
    return "\ufeff".encode() + "\r\n".join([above + HEADER, *lines, ""]).encode()


def at(day, wall):
    """Return a moment as Zoom writes it."""
    hour, minute = map(int, wall.split(":"))
    return f"{day} {(hour - 1) % 12 + 1:02d}:{minute:02d}:00 {'AM' if hour < 12 else 'PM'}"


def meet(*rows):
    """Return a Google Meet report, which knows gaps only as a sum: name, address, total, first, last."""
    lines = ["First name,Last name,Email,Duration,Time joined,Time exited"]
    lines += [",".join([*name.split(), mail, *rest]) for name, mail, *rest in rows]
    return "\r\n".join([*lines, ""]).encode()


class Story:
    """A meeting from 9 to 12 in New York on 14 October 2020, its staff, and reports of it."""

    def __init__(self):
        self.network = a_network(meetings=0)
        self.meeting = a_meeting(self.network)
        self.staff = a_staff_member(first_name="Staff", last_name="Member")

    def person(self, first, last, address=""):
        """Register somebody."""
        person = a_person(first_name=first, last_name=last, address=address)
        return a_registration(self.network, person)

    def brought(self, *files, zone="America/New_York", at=AT, **fields):
        """Bring files, and return what became of them."""
        incoming = [Incoming(f"report{n}.csv", content) for n, content in enumerate(files, start=1)]
        return report_files.bring(self.meeting, incoming, zone=zone, by=self.staff, at=at, **fields)

    def report(self, *files, **fields):
        """Bring files that are all taken, and return their report."""
        brought = self.brought(*files, **fields)
        assert brought.refused == []
        return brought.report

    def plan(self, report, viewer=None):
        """Return what importing would write."""
        report = AttendanceReport.objects.get(pk=report.pk)
        reading = report_reading.read_all(report, meeting=self.meeting)
        return report_plan.plan_of(reading, viewer=viewer or self.staff)

    def confirm(self, report, *, leave_out=False, by=None, at=AT):
        """Import a report as it is seen now; return how many people got a mark."""
        seen, fresh = self.plan(report).fingerprint, AttendanceReport.objects.get(pk=report.pk)
        return report_importing.confirm(fresh, seen=seen, leave_out=leave_out, by=by or self.staff, at=at)

    def imported(self, *files, **fields):
        """Bring and import files; return their report."""
        report = self.report(*files)
        self.confirm(report, **fields)
        report.refresh_from_db()
        return report

    def minutes(self, registration):
        """Return the minutes that count for somebody; None where they are not marked."""
        found = Attendance.objects.filter(meeting=self.meeting, registration=registration).first()
        return found.minutes_counted if found else None

    def outcome(self, report):
        """Return by name what becomes of each visitor, and how that is known."""
        return {one.visitor.name: (one.what, one.how) for one in self.plan(report).matches}
