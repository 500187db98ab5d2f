"""What the desks of registrations share."""

from typing import Any

from django.http import HttpRequest

from partners.admin.base import Desk


class LookingDesk(Desk):
    """A desk to look at: what stands here is written by what people do, never by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is taken away here."""
        return False
