"""Who shows a card in the demo's monthly network, and a letter to the educator."""

import uuid
from datetime import datetime, timedelta

from partners.models import Subject
from partners.people.domain import interests
from registrations.management.demo.networks import SPACE
from registrations.models import Registration
from registrations.together.domain import cards, letters
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
    words_of = letters.Words(uid=uuid.uuid5(SPACE, "letter"), text=LETTER)
    letters.write(shown[0], words_of, seat=joined[2], at=at - timedelta(days=3))
