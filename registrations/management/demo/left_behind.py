"""What the demo's meetings leave behind: minutes, decisions, action items, and homework for partners."""

from datetime import date, timedelta

from meetings.gathering.domain import action_items, homework, minutes
from meetings.gathering.domain.belonging import Source
from meetings.models import ActionItem, Meeting, Network
from partners.models import Organization, Person

DECIDED = """Every district tries one rewritten task before February and brings six student answers.
We use one planning sheet for all districts, version 2, as amended at the meeting.
The February meeting stays online; April moves to Fall River."""
SAID = """Ten districts reported on October's routine. Most kept the opening question and shortened the rest \
to fit one class period; three want a version for 45 minutes.

The faculty showed how one task on waves shut out students who had never seen the sea. Tables rewrote it for \
three grade bands; the posters are among the materials."""
MONTHLY = [
    (
        "Each school tries the number talk of this month once.\nNotes go to everyone by Friday.",
        "Two schools showed a number talk in grade 4. Questions were how to **choose the problem** and how "
        "long to wait.\n\n- grade 3: start with dot cards\n- grade 5: fractions as lengths",
    ),
    (
        "We look at student work at every meeting from now on.",
        "Everyone brought two samples of student work. Most errors were about units, not about numbers.",
    ),
]
ASKED = "Which curriculum materials do you use in grades 6 to 8?"
USED = "OpenSciEd in grades 6 and 7 since last year.\nGrade 8 still has units of our own."


def of_the_past(network: Network, *, by: Person) -> None:
    """Write the minutes of the second meeting of a year that is over, and what was done after it."""
    meeting = network.meetings.own().order_by("starts_at")[1]
    at = meeting.ends_at
    minutes.save_minutes(meeting, words={"decisions": DECIDED, "text": SAID}, seen=0, by=by, at=at)
    minutes.publish_minutes(meeting, public=False, at=at + timedelta(days=2))
    due = meeting.on + timedelta(days=30)
    item = give(meeting, "Send the planning sheet, version 2", by, due=due, by=by)
    action_items.close(item, reason="Sent to everyone", by=by, at=at + timedelta(days=3))


def of_these_months(
    over: list[Meeting], *, who: dict[str, Person], members: list[Person], partners: list[Organization]
) -> None:
    """Write what the newest meetings of a running network left: some is done, some is open or overdue."""
    for meeting, (decided, said) in zip(over[-2:], MONTHLY, strict=False):
        words = {"decisions": decided, "text": said}
        minutes.save_minutes(meeting, words=words, seen=0, by=who["staff"], at=meeting.ends_at)
        minutes.publish_minutes(meeting, public=False, at=meeting.ends_at + timedelta(days=1))
    last = over[-1]
    soon, late = last.on + timedelta(days=40), last.on + timedelta(days=1)
    give(last, "Try the number talk in two classes", who["educator"], due=soon, by=who["staff"])
    give(last, "Collect five tasks for grades 6 to 8", members[3], due=soon, by=who["staff"])
    give(last, "Find a room for the May meeting", who["staff"], due=late, by=who["staff"])
    done = give(last, "Send the notes to everyone", members[4], due=late, by=who["staff"])
    action_items.close(done, by=members[4], at=last.ends_at + timedelta(days=2))
    asked = homework.give_homework(
        Source.of(last),
        text=ASKED,
        details="A sentence or two is enough. We put the answers side by side at the next meeting.",
        owners=partners,
        due_on=soon,
        by=who["staff"],
        at=last.ends_at,
    )
    first = asked.answers.filter(organization=partners[0]).get()
    answered = last.ends_at + timedelta(days=3)
    action_items.close(first, answer=USED, by=members[5], at=answered)


def give(meeting: Meeting, text: str, owner: Person, *, due: date, by: Person) -> ActionItem:
    """Give an item as the meeting ends."""
    source, at = Source.of(meeting), meeting.ends_at
    return action_items.give(source, text=text, owner=owner, due_on=due, by=by, at=at)
