"""What can be put into the portal's own mails that are of a network."""

from django.utils.translation import gettext_lazy as _

from stemnet.outbox.worded import Place

NETWORK = Place("network", _("network"), lambda context: context.get("network") or "")
