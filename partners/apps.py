"""The app partners."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Partners and people."""

    name = "partners"
    verbose_name = _("Partners and people")

    def ready(self) -> None:
        """Fill the menus, and say in every mail who sends it."""
        from partners import emails, permissions, receivers  # noqa: F401 - registered by being imported
        from partners.domain import asking_many, duplicate_looks, import_applying, inviting, merge_table
        from stemnet.domain import jobs, menu
        from stemnet.emails import in_every_mail

        merge_table.say_rules()
        in_every_mail(emails.in_every_mail)
        jobs.handler("partners.ask_parts", asking_many.run_asking)
        jobs.handler("partners.letters", inviting.run_letters)
        jobs.handler(duplicate_looks.KIND, duplicate_looks.run_look)
        jobs.handler("partners.import", import_applying.run_import)
        menu.add("partners", _("Partners"), place=30)
        menu.add("admin:index", _("Admin"), place=90, shown_to=lambda user: user.is_staff)
        menu.add_to_account("profile", _("My profile"), place=20)
        menu.add_to_account("mine", _("My partner"), place=22, shown_to=permissions.may_open_mine)
        menu.add_to_account("mous", _("MOU"), place=25, shown_to=permissions.may_see_mous)
        menu.add_to_account("addresses", _("E-mail addresses"), place=30)
        menu.add_to_account("sign_in_methods", _("Sign-in methods"), place=40)
        menu.add_to_account("preferences", _("Mail preferences"), place=50)
