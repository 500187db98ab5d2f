"""The app partners."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Partners and people."""

    name = "partners"
    verbose_name = _("Partners and people")

    def ready(self) -> None:
        """Fill the menus, and say in every mail who sends it."""
        from partners.exchange.emails import own_mails as matches
        from partners.home import emails as home
        from partners.home.domain import landing as own
        from partners.importing.domain import applying, kept_rows, preview
        from partners.memorandum.domain import asking_many, deletion_blocks
        from partners.memorandum.emails import own_mails as memoranda
        from partners.memorandum.permissions import may_see_mous
        from partners.merging import emails as merging
        from partners.merging.domain import duplicate_looks, forgetting_merges, merge_table
        from partners.models import MouRole, Organization, roles
        from partners.people import receivers  # noqa: F401 - registered by being imported
        from partners.people.domain import (
            deletion,
            kept_classes,
            only_coordinator,
            person_table,
            refused_addresses,
            second_factor,
        )
        from partners.people.emails import addresses as emails
        from partners.people.emails import own_mails as people
        from partners.people.permissions import may_open_mine
        from partners.prospects.domain import inviting, kept_prospects
        from partners.prospects.emails import own_mails as invitations
        from stemnet import jobs, landing, menu
        from stemnet.outbox import refusals
        from stemnet.outbox.rendering import in_every_mail

        merge_table.register_merge_rules()
        person_table.rows_of_partners()
        for look in (
            deletion_blocks.to_sign,
            deletion_blocks.only_contact,
            only_coordinator.only_coordinator,
        ):
            deletion.blocked_when(look)
        deletion.at_last(forgetting_merges.forget_merges)
        for kept in (kept_classes, kept_rows, kept_prospects):
            kept.add_classes()
        for area in (memoranda, matches, invitations, people, merging, home):
            area.add_mails()
        in_every_mail(emails.in_every_mail)
        refusals.when_wrong(refused_addresses.mark_refused)
        jobs.handler("partners.ask_parts", asking_many.run_asking)
        jobs.handler("partners.letters", inviting.run_letters)
        jobs.handler(duplicate_looks.KIND, duplicate_looks.run_look)
        jobs.handler("partners.import", applying.run_import)
        jobs.handler(preview.LOOK, preview.run_look)
        roles.add("speaks_for_organization", Organization.objects.spoken_for_by)
        roles.add("sees_memoranda", MouRole.objects.visible_to)
        roles.add("has_second_factor", second_factor.authenticators_of)
        roles.add("is_asked_to_sign", own.asked_to_sign)
        landing.add(own.own_pages, place=20)
        menu.add("partners", _("Partners"), place=30)
        menu.add("news", _("News"), place=35)
        menu.add("admin:index", _("Admin"), place=90, shown_to=lambda user: user.is_staff)
        menu.add_to_account("profile", _("My profile"), place=20)
        menu.add_to_account("mine", _("My partner"), place=22, shown_to=may_open_mine)
        menu.add_to_account("mous", _("MOU"), place=25, shown_to=may_see_mous)
        menu.add_to_account("addresses", _("E-mail addresses"), place=30)
        menu.add_to_account("educator_numbers", _("Educator numbers"), place=35)
        menu.add_to_account("sign_in_methods", _("Sign-in methods"), place=40)
        menu.add_to_account("preferences", _("Mail preferences"), place=50)
