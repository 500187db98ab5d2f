"""The coalition itself: one row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.organization import Organization
from stemnet.columns import AddressColumn, LineColumn


class Partnership(models.Model):
    """The one coalition that this installation serves.

    See docs/decisions/0008-one-partnership-an-installation.md.
    """

    name = LineColumn(_("name"), max_length=200)
    short_name = LineColumn(_("short name"), max_length=80)
    tagline = LineColumn(_("one line about it"), max_length=200, blank=True)
    welcome = LineColumn(_("headline of the home page"), max_length=200, blank=True)
    about = models.TextField(_("about"), blank=True)
    host = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosts",
        verbose_name=_("host organization"),
    )
    lead_organizations = models.ManyToManyField(
        Organization, blank=True, related_name="leads", verbose_name=_("lead organizations")
    )
    region = LineColumn(_("region"), max_length=200, blank=True, help_text=_("The name people use for it."))
    region_places = models.TextField(
        _("towns or districts of the region"), blank=True, help_text=_("One per line.")
    )
    sponsor = LineColumn(_("sponsor"), max_length=200, blank=True)
    contact_name = LineColumn(_("contact"), max_length=200, blank=True)
    contact_email = AddressColumn(_("contact e-mail"), blank=True)
    postal_address = LineColumn(_("postal address"), max_length=300, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="America/New_York")
    mail_words = models.JSONField(
        _("words of its mail"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Subject and opening of the mail that the partnership words itself, by kind."),
    )
    singleton = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnership")
        constraints = [
            models.UniqueConstraint(
                fields=["singleton"],
                name="partnership_only_one",
                violation_error_message=_("An installation has only one partnership."),
            ),
            models.CheckConstraint(condition=models.Q(singleton=True), name="partnership_is_singleton"),
        ]

    def __str__(self) -> str:
        return self.name
