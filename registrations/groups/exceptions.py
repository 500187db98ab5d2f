"""Every "no" of groups, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── GroupRefused         somebody who can't join, ask, or be changed in a group
"""

from registrations.seats.exceptions import RegistrationsRefused


class GroupRefused(RegistrationsRefused):
    """This can't be done in this group: no seat in its network, asked already, or not in it."""
