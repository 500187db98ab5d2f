"""Why somebody gets a mail, which its last lines say: each kind of reason once, in the active language."""

from django.utils.translation import gettext as _

from meetings.models import Network, WorkingGroup
from partners.models import Person


def typed_to_register(network: Network) -> str:
    """Say that the address was typed on the page to register."""
    return _("You're getting this because somebody typed this address to register for %(network)s.") % {
        "network": network
    }


def registered(networks: Network | str) -> str:
    """Say that the reader is registered, for a network or for several names."""
    return _("You're getting this because you're registered for %(networks)s.") % {"networks": networks}


def was_registered(network: Network) -> str:
    """Say that the reader was registered until now."""
    return _("You're getting this because you were registered for %(network)s.") % {"network": network}


def waits(network: Network) -> str:
    """Say that the reader is on the waitlist."""
    return _("You're getting this because you're on the waitlist for %(network)s.") % {"network": network}


def waited(network: Network) -> str:
    """Say that the reader was on the waitlist until now."""
    return _("You're getting this because you were on the waitlist for %(network)s.") % {"network": network}


def had_registered(network: Network) -> str:
    """Say that the reader registered once, with a seat or without."""
    return _("You're getting this because you registered for %(network)s.") % {"network": network}


def came(network: Network) -> str:
    """Say that the reader was added where they came."""
    return _("You're getting this because you were added to %(network)s at its meeting.") % {
        "network": network
    }


def took_part(network: Network) -> str:
    """Say that the reader took part."""
    return _("You're getting this because you took part in %(network)s.") % {"network": network}


def reads_answers(network: Network) -> str:
    """Say that the reader was named to read answers."""
    return _("You're getting this because you were named to read answers in %(network)s.") % {
        "network": network
    }


def added_by_staff(network: Network) -> str:
    """Say that staff registered the reader."""
    return _("You're getting this because the staff of %(network)s registered you.") % {"network": network}


def leads_group(network: Network) -> str:
    """Say that the reader leads a working group."""
    return _("You're getting this because you lead a working group in %(network)s.") % {"network": network}


def on_team(team: WorkingGroup) -> str:
    """Say that the reader sits on a team of the partnership, or leads it."""
    return _("You're getting this because you're on %(team)s.") % {"team": team}


def asked_to_take_a_seat(person: Person, network: Network) -> str:
    """Say who wants the reader to have their seat."""
    return _("You're getting this because %(person)s wants to give you a seat in %(network)s.") % {
        "person": person,
        "network": network,
    }


def asked_to_stand_in(person: Person, network: Network) -> str:
    """Say who wants the reader to come in their place."""
    return _("You're getting this because %(person)s wants you to come to a meeting of %(network)s.") % {
        "person": person,
        "network": network,
    }


def is_guest(network: Network) -> str:
    """Say that the reader comes, or was to come, to a single meeting."""
    return _("You're getting this because you said you'd come to a meeting of %(network)s.") % {
        "network": network
    }


def named_as_leader(person: Person, network: Network) -> str:
    """Say who named the reader as the leader for whom they come."""
    return _(
        "You're getting this because %(person)s named you as the leader they're standing in for at "
        "%(network)s."
    ) % {
        "person": person,
        "network": network,
    }


def named_for_a_seat(network: Network) -> str:
    """Say that somebody typed the reader's address for a seat that is kept."""
    return _("You're getting this because somebody named you for a seat in %(network)s.") % {
        "network": network
    }


def works_for(network: Network) -> str:
    """Say that the reader works for the network."""
    return _("You're getting this because you work for %(network)s.") % {"network": network}


def registered_others(network: Network) -> str:
    """Say that the reader registered other people."""
    return _("You're getting this because you registered people for %(network)s.") % {"network": network}
