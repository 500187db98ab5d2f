"""The app registrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Registrations and attendance."""

    name = "registrations"
    verbose_name = _("Registrations and attendance")

    def ready(self) -> None:
        """Hear what meetings say, and add our pages and panels to the menus and to a partner's own page."""
        import registrations.attendance.receivers  # noqa: F401
        from meetings.gathering.domain import belonging as where_items_belong
        from meetings.models import meeting_roles
        from meetings.planning.domain import categories
        from partners.home.domain import own_place, year_review
        from partners.models import roles
        from partners.people.domain import deletion, educator_numbers
        from partners.prospects.domain import letters
        from registrations.asking import emails as asking
        from registrations.asking.domain import mailing
        from registrations.attendance import emails as attending
        from registrations.attendance.domain import (
            attended,
            merge_table,
            partner_year,
            report_importing,
            telling_materials,
        )
        from registrations.attendance.pages import own_meeting
        from registrations.credit import emails as documents
        from registrations.credit.domain import asked_numbers, batch_issuing, bundles, exporting, rule_choices
        from registrations.credit.domain import telling as document_telling
        from registrations.desk.domain import acts_on_many
        from registrations.desk.domain import landing as own
        from registrations.desk.permissions import may_open_staff_pages, may_search
        from registrations.evaluation import emails as evaluation
        from registrations.exporting import emails as exporting_mails
        from registrations.exporting.domain import making
        from registrations.groups import emails as groups
        from registrations.learning.pages import reminder_words
        from registrations.messages.domain import network_audiences, own_mails, partner_audiences, sending
        from registrations.records.domain import giving_up, kept_classes, legal_holds, person_table
        from registrations.records.pages import account
        from registrations.seats import pages
        from registrations.seats.domain import belonging, invited, many_asked, parties, reminding, telling
        from registrations.seats.emails import own_mails as seats
        from registrations.together import emails as together
        from registrations.together.domain import merge_table as topics_merged
        from registrations.together.pages import topics
        from stemnet import jobs, landing, menu, panels
        from stemnet.outbox.rendering import worded_by

        merge_table.register_merge_rules()
        topics_merged.register_merge_rules()
        person_table.rows_of_registrations()
        kept_classes.add_classes()
        legal_holds.add_reaches()
        deletion.at_last(giving_up.give_up_seats)
        for area in (seats, asking, attending, documents, evaluation, groups, exporting_mails, together):
            area.add_mails()
        worded_by(own_mails.wording_of)
        jobs.handler("registrations.export", exporting.run_export)
        jobs.handler(making.KIND, making.run_making)
        jobs.handler("registrations.issue", batch_issuing.run_issuing)
        jobs.handler(bundles.KIND, bundles.run_bundle)
        jobs.handler(document_telling.READY, document_telling.run_ready)
        jobs.handler(document_telling.WITHDRAWN, document_telling.run_withdrawn)
        jobs.handler(telling.CHANGES, telling.run_telling_changes)
        jobs.handler(telling.LETTERS, telling.run_letters)
        jobs.handler(telling.CANCELLED, telling.run_telling_cancelled)
        jobs.handler(sending.KIND, sending.run_sending)
        jobs.handler(many_asked.KIND, many_asked.run_sending)
        jobs.handler(mailing.KIND, mailing.run_asking)
        jobs.handler(telling_materials.KIND, telling_materials.run_telling)
        jobs.handler(report_importing.KIND, report_importing.run_import)
        network_audiences.add_network_audiences()
        partner_audiences.add_partner_audiences()
        jobs.handler(acts_on_many.KIND, acts_on_many.run_act)
        panels.add(
            "partner_home", template="registrations/seats/_our_people.html", read=pages.our_people, place=10
        )
        panels.add(
            "account", template="registrations/records/_account.html", read=account.of_account, place=10
        )
        panels.add(
            "partner_home", template="registrations/seats/_reserved.html", read=pages.reserved_for, place=5
        )
        panels.add(
            "letters", template="registrations/seats/_no_session.html", read=pages.no_session, place=10
        )
        panels.add(
            "meeting_side",
            template="registrations/attendance/_own_meeting.html",
            read=own_meeting.own_state,
            place=10,
        )
        panels.add("meeting_side", template="registrations/seats/_own_way.html", read=pages.own_way, place=20)
        panels.add(
            "meeting",
            template="registrations/attendance/_who_comes.html",
            read=own_meeting.who_comes,
            place=90,
        )
        panels.add(
            "meeting", template="registrations/together/_of_meeting.html", read=topics.of_meeting, place=95
        )
        panels.add(
            "meeting_materials",
            template="registrations/attendance/_tell_materials.html",
            read=own_meeting.tell_materials,
            place=10,
        )
        categories.add(rule_choices.every_category)
        educator_numbers.ask_first(asked_numbers.kinds_of_rules)
        reminding.say_way(reminder_words.way_of_each)
        meeting_roles.add(meeting_roles.REGISTERED, belonging.meetings_with_seat)
        where_items_belong.add(belonging.people_with_seat)
        meeting_roles.add(meeting_roles.ATTENDED, attended.meetings_attended)
        meeting_roles.add(meeting_roles.PROPOSED, topics.meetings_proposed)
        roles.add("registered", lambda person: person.registrations.all())
        roles.add("registers_others", parties.led_by)
        landing.add(own.desk_pages, place=10)
        landing.add(own.group_pages, place=30)
        landing.add(own.learning_pages, place=40)
        landing.add(own.team_pages, place=50)
        letters.say_sessions(invited.session_words)
        own_place.add_step(pages.first_registration)
        year_review.add_meeting_lines(partner_year.meeting_lines, place=10)
        menu.add("networks", _("Networks"), place=10)
        menu.add("learning", _("My learning"), place=40, shown_to=menu.signed_in)
        menu.add_to_account("own_data", _("Your data"), place=60)
        menu.add("staff", _("Staff desk"), place=50, shown_to=may_open_staff_pages)
        menu.add_search("staff_search", _("Search"), shown_to=may_search)
