"""The jobs: who asked for what and how it went; the files are their owners' only."""

from django.contrib import admin

from stemnet.admin.readonly import ReadOnlyAdmin
from stemnet.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Read the jobs."""

    list_display = ["kind", "state", "progress", "total", "created_at", "finished_at", "error"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["kind", "actor"]
    exclude = ["result"]
