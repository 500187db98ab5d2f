"""The jobs: who asked for what and how it went; the files are their owners' only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from stemnet.admin.readonly import ReadOnlyAdmin
from stemnet.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Read the jobs."""

    task, place, list_name = "mail", 50, _("Background work")
    portal_column = False
    list_display = ["kind", "state", "progress", "total", "created_at", "finished_at", "error"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["kind", "actor"]
    search_help_text = _("Kind")
    exclude = ["result"]
