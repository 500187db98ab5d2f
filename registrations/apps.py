"""The app registrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Registrations and attendance."""

    name = "registrations"
    verbose_name = _("Registrations and attendance")

    def ready(self) -> None:
        """Hear what meetings say, and put the pages of networks, learning and staff into the menus."""
        import registrations.attendance.receivers  # noqa: F401
        from registrations.attendance.domain import merge_table
        from registrations.credit.domain import batch_issuing, exporting
        from registrations.desk.permissions import may_open_staff_pages
        from stemnet import jobs, menu

        merge_table.say_rules()
        jobs.handler("registrations.export", exporting.run_export)
        jobs.handler("registrations.issue", batch_issuing.run_issuing)

        menu.add("networks", _("Networks"), place=10)
        menu.add("calendar", _("Calendar"), place=20)
        menu.add("learning", _("My learning"), place=40, shown_to=menu.signed_in)
        menu.add("staff", _("Staff desk"), place=50, shown_to=may_open_staff_pages)
