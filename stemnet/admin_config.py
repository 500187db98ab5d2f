"""Django's admin with our site, where lists stand by task."""

from django.contrib.admin.apps import AdminConfig


class WorkConfig(AdminConfig):
    """The admin, whose site is `stemnet.admin_site.WorkSite`."""

    default_site = "stemnet.admin_site.WorkSite"
