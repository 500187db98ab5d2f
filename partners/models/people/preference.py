"""Which mail a person does not want."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person


class MailTopic(models.TextChoices):
    """Mail that one can do without; everything else is sent because something happened."""

    REMINDERS = "reminders", _("Reminders before a meeting")
    NEWS = "news", _("New materials, meetings you missed, and invitations")
    MESSAGES = "messages", _("Messages from network staff and coordinators")


class Preference(models.Model):
    """One person does not want one topic; no row means they do."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    topic = models.CharField(_("topic"), max_length=16, choices=MailTopic)
    muted_at = models.DateTimeField(_("unsubscribed"))

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="preference_once_a_topic")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_topic_display()}"
