"""What can be put into the portal's own mails, each name once for all apps."""

from django.utils.translation import gettext_lazy as _

from stemnet.outbox.worded import Context, Place


def _first_name(context: Context) -> str:
    person = context.get("person")
    return str(getattr(person, "first_name", "") or person or "")


def _sentence(context: Context) -> str:
    return str(next(iter(context.get("lines") or []), ""))


FIRST_NAME = Place("first_name", _("first name"), _first_name)
NAME = Place("name", _("name"), lambda context: context.get("person") or "")
SENTENCE = Place("sentence", _("what happened, in a sentence"), _sentence)
ORGANIZATION = Place("organization", _("organization"))
MOU = Place("mou", _("memorandum"))
WHO = Place("who", _("who did it"))
DAY = Place("day", _("day"))
NUMBER = Place("number", _("number"))
SECTION = Place("section", _("section"))
SIGNATORY = Place("signatory", _("who signs"))
CATEGORY = Place("category", _("what it's about"))
TAKER = Place("taker", _("who needs it"))
GIVER = Place("giver", _("who offers it"))
YEAR = Place("year", _("school year"))
ADDRESS = Place("address", _("e-mail address"))
GROUP = Place("group", _("group"))
WHAT = Place("what", _("what to do"))
STAGE = Place("stage", _("stage"))
DAYS = Place("days", _("number of days"))
ANSWER = Place("answer", _("answer"))

TO_A_PERSON = (FIRST_NAME, NAME)
TOLD = (*TO_A_PERSON, SENTENCE)
