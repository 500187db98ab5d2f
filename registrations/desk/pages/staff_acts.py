"""What staff did for one person of a network, in words, with the page of the network that they came from."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.desk.domain.acts_on_each import what_of
from registrations.models import Registration, StaffAct


@dataclass(frozen=True)
class Done:
    """One act in words; where somebody moved, a link to the other network's page of theirs.

    ``is_elsewhere`` says that they were moved away: the act is the other network's, and undone there.
    """

    act: StaffAct
    words: str
    url: str = ""
    label: str = ""
    is_elsewhere: bool = False


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
    words, other = what_of(act), act.came_from
    is_elsewhere = other is not None and other.pk == here.pk
    if is_elsewhere:
        other = act.registration
        words = _("Moved to %(network)s") % {"network": other.network}
    if other is None or other.network_id not in open_to:
        return Done(act, words, is_elsewhere=is_elsewhere)
    url = reverse("staff_person", args=[other.network.slug, other.uid])
    label = _("See them in %(network)s") % {"network": other.network}
    return Done(act, words, url, label, is_elsewhere)
