"""The stories that the demo can tell, each a portal of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from partners.models import Partnership
from registrations.management.demo import massachusetts, mtep, south_king_county, south_metro_salem
from registrations.management.demo.people import SIGN_INS


@dataclass(frozen=True)
class Story:
    """How to tell it, what its partnership is called, and who signs in."""

    tell: Callable[..., None]
    partnership: str
    sign_ins: tuple[str, ...] = ("coordinator", "partner")


STORIES = {
    "massachusetts": Story(massachusetts.tell, massachusetts.NAME, tuple(name for name, *_rest in SIGN_INS)),
    "mtep": Story(mtep.tell, mtep.NAME),
    "south-king-county": Story(south_king_county.tell, south_king_county.NAME),
    "south-metro-salem": Story(south_metro_salem.tell, south_metro_salem.NAME),
}


def told() -> str:
    """Return the name of the story that this portal tells, or nothing."""
    names = {story.partnership: key for key, story in STORIES.items()}
    known = Partnership.objects.filter(name__in=names).values_list("name", flat=True).first()
    return names[known] if known else ""
