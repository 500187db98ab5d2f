"""Who else is in a network, as its people see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from registrations.models import Card, Letter
from registrations.together.domain import cards, finding
from registrations.together.forms.cards import ColleaguesForm
from registrations.together.requests import Place

PAGE, LETTERS = 30, 12


@dataclass(frozen=True)
class Shown:
    """One card as it is read."""

    card: Card
    teams: list[str]
    is_own: bool

    @property
    def name(self) -> str:
        """Return whose it is."""
        return str(self.card.registration.person)

    @property
    def initials(self) -> str:
        """Return the first letters of the names."""
        person = self.card.registration.person
        return f"{person.first_name[:1]}{person.last_name[:1]}".upper()

    @property
    def work(self) -> str:
        """Return job and organization."""
        position = self.card.registration.position
        if position is None:
            return ""
        job = position.title or position.get_job_display()
        return ", ".join(filter(None, [job, position.organization_name]))

    @property
    def facts(self) -> list[str]:
        """Return grades and interests, each in words."""
        grades = self.card.registration.grade_words
        interests = ", ".join(one.subject.title for one in self.card.registration.person.interests.all())
        return list(filter(None, [grades and _("Grades %(grades)s") % {"grades": grades}, interests]))


def shown(found: list[Card], place: Place) -> list[Shown]:
    """Return cards as they are read, with their teams."""
    teams = finding.teams_of(found)
    return [
        Shown(
            card,
            [name for _uid, name in teams.get(card.pk, [])],
            is_own=card.registration.person_id == place.person.pk,
        )
        for card in found
    ]


def colleagues_page(place: Place, query: Any, *, at: datetime) -> dict[str, Any]:
    """Return what the page shows; a number of queries that doesn't grow with the cards."""
    form = ColleaguesForm(query, choices=finding.choices_in(place.network))
    page = Paginator(form.narrow(cards.cards_in(place.network)), PAGE).get_page(query.get("page"))
    own = cards.card_of(place.seat) if place.seat else None
    letters = Letter.objects.between(place.person).filter(network=place.network)
    return {
        "place": place,
        "network": place.network,
        "form": form,
        "page_obj": page,
        "cards": shown(list(page), place),
        "own": own,
        "letters": list(letters.select_related("sender", "receiver")[:LETTERS]),
    }
