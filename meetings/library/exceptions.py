"""Every "no" of the library, children of `meetings.planning.exceptions.MeetingsRefused`.

MeetingsRefused
└── LibraryRefused       a resource, a trial or a report that can't be written like this
    ├── AlreadyThere     the same link or file is in the library
    └── NotFromHere      this step can't follow the one before
"""

from django.utils.translation import gettext as _

from meetings.models import Resource
from meetings.planning.exceptions import MeetingsRefused


class LibraryRefused(MeetingsRefused):
    """A resource, a trial or a report can't be written like this."""


class AlreadyThere(LibraryRefused):
    """The same link or file is in the library as ``resource``, which is None where one may not see it."""

    def __init__(self, resource: Resource | None) -> None:
        self.resource = resource
        words = _("This is in the library already: “%(title)s”. Say there where you tried it.")
        waits = _("Somebody shared this before. It isn't public yet.")
        super().__init__(sentence=words % {"title": resource} if resource else waits)


class NotFromHere(LibraryRefused):
    """This step can't follow the one before."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(
            sentence=_("“%(title)s” is %(state)s now, so this can't be done.")
            % {"title": resource, "state": resource.get_state_display().lower()}
        )
