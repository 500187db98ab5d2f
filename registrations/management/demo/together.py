"""What people of the demo's monthly network share: cards, a letter to the educator, topics and votes."""

import uuid
from datetime import datetime, timedelta

from meetings.models import Network
from partners.models import Person, Subject
from partners.people.domain import interests
from registrations.management.demo.networks import SPACE
from registrations.models import Registration
from registrations.together.domain import cards, comments, deciding, letters, topics
from registrations.together.domain.cards import CardWords

CARDS = [
    ("Phenomena for grade 5, and how we chose ours", True, False),
    ("Scheduling three hours of science a week", True, False),
    ("", False, True),
    ("Number talks in the middle grades", True, False),
    ("A STEM night with forty families", False, False),
    ("Choosing a mathematics curriculum together", False, True),
    ("Reading data about students in a team of teachers", True, False),
]
TOPICS = [
    ("Number talks across the grades", "How do we keep them going after the first month?", "topic", 6),
    ("Time for science in grades 3 to 5", "We have two hours a week. Who has three, and how?", "topic", 8),
    ("Somebody who reads our assessment tasks", "We'd trade: we read yours.", "need", 3),
    ("Family evenings that families come to", "", "topic", 4),
    ("A free license for every district", "", "need", 1),
]
COMMENTS = [
    "We tried it in two schools. I can show our schedule.",
    "Yes, please. Our principals would come, too.",
]
NO_LICENSE = "We can't buy licenses. The state's own tasks are free, and we'll show them in January."
LETTER = (
    "You wrote that you chose your phenomena for grade 5 together. How long did it take, and who was in the "
    "room? We begin in January."
)


def tell(joined: list[Registration], *, at: datetime) -> None:
    """Let some of those who ``joined`` show a card, the educator first, and one of them write to another."""
    subjects = list(Subject.objects.order_by("position"))
    shown = []
    for number, (about, mentors, looks) in enumerate(CARDS):
        words = CardWords(
            ask_about=about,
            would_mentor=mentors,
            looks_for_mentor=looks,
        )
        interests.choose(joined[number].person, subjects[number % 3 : number % 3 + 1])
        shown.append(cards.show(joined[number], words, at=at - timedelta(days=20)))
    words_of = letters.Words(uid=uuid.uuid5(SPACE, f"{joined[0].network.slug}/letter"), text=LETTER)
    letters.write(shown[0], words_of, seat=joined[2], at=at - timedelta(days=3))


def topics_of(network: Network, joined: list[Registration], *, by: Person, at: datetime) -> None:
    """Let people propose, vote and comment; one topic is planned, and one is answered."""
    closes_at = at + timedelta(days=24)
    topics.set_up(network, votes_each=3, closes_at=closes_at, by=by, at=at - timedelta(days=15))
    made = []
    for number, (title, words, kind, votes) in enumerate(TOPICS):
        uid, then = uuid.uuid5(SPACE, f"{network.slug}/{title}"), at - timedelta(days=14 - number)
        asked = topics.Asked(uid=uid, title=title, words=words, kind=kind)
        made.append(topics.propose(joined[number + 1], asked, anyway=True, at=then))
        for voter in joined[number * 2 + 1 : number * 2 + 1 + votes]:
            topics.vote(made[-1], seat=voter, at=then)
    for number, words in enumerate(COMMENTS):
        uid = uuid.uuid5(SPACE, f"{network.slug}/{words}")
        comments.say(made[1], words, uid=uid, by=joined[number + 3].person, at=at - timedelta(days=4))
    meeting = network.meetings.own().upcoming(at).last()
    if meeting is not None:
        deciding.put_on(made[0], meeting, by=by, at=at - timedelta(days=2))
    deciding.answer(made[4], NO_LICENSE, by=by, at=at - timedelta(days=1))
