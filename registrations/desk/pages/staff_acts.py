"""What staff did for one person of a network, in words, with the page of the network that they came from."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.desk.domain.acts_on_each import words_of
from registrations.models import Registration, StaffAct


@dataclass(frozen=True)
class Done:
    """One act in words; where somebody moved, a link to the other network's page of theirs."""

    act: StaffAct
    words: str
    url: str = ""
    label: str = ""


def done_by_staff(registration: Registration, *, by: Person) -> tuple[list[Done], set[int]]:
    """Return what staff did here, the last first, and that they moved somebody away; two statements at most.

    The page of the other network is linked for ``by`` who works for that, too: the keys of the networks that
    they work for come along, where somebody was moved.
    """
    rows = StaffAct.objects.filter(Q(registration=registration) | Q(came_from=registration))
    rows = rows.select_related("came_from__network", "registration__network", "meeting")
    found = list(rows.order_by("-at", "-pk"))
    has_moved = any(act.came_from_id for act in found)
    staffed = Network.objects.staffed_by(by).values_list("pk", flat=True)
    open_to = set(staffed) if has_moved else set()
    return [_done(act, registration, open_to) for act in found], open_to


def _done(act: StaffAct, here: Registration, open_to: set[int]) -> Done:
    words, other = words_of(act, here.network), act.came_from
    if other is not None and other.pk == here.pk:
        other = act.registration
        words = _("Moved to %(network)s: %(words)s") % {"network": other.network, "words": words}
    if other is None or other.network_id not in open_to:
        return Done(act, words)
    url = reverse("staff_person", args=[other.network.slug, other.uid])
    return Done(act, words, url, _("See them in %(network)s") % {"network": other.network})
