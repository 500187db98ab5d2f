"""The app meetings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Networks and meetings."""

    name = "meetings"
    verbose_name = "Networks and meetings"

    def ready(self) -> None:
        """Add to what lies below: the second factor, rules of merging, a partner's year, teams, the menu."""
        from meetings.gathering.domain import kept_uploads, person_table, telling_homework
        from meetings.gathering.domain import merge_table as left_behind
        from meetings.gathering.emails import own_mails as items
        from meetings.gathering.pages import panels as item_panels
        from meetings.gathering.pages.group_files import shared_files
        from meetings.groups import emails, pages
        from meetings.groups.domain import merge_table as of_groups
        from meetings.groups.domain import team_attendance, teams
        from meetings.library import emails as of_resources
        from meetings.library.domain import rows as of_library
        from meetings.library.pages import panels as library_panels
        from meetings.models import Appointment, WorkingGroup, meeting_roles
        from meetings.planning.domain import deletion_blocks, merge_table, partner_year
        from partners.home.domain import year_review
        from partners.models import roles
        from partners.people.domain import deletion, second_factor
        from stemnet import jobs, menu, panels

        roles.add("staffs_network", lambda person: Appointment.objects.filter(person=person))
        meeting_roles.add(meeting_roles.REGISTERED, teams.meetings_of_teams)
        meeting_roles.add(meeting_roles.ATTENDED, team_attendance.meetings_of_teams_attended)
        roles.add("leads_group", WorkingGroup.objects.led_by)
        roles.add("sits_on_team", WorkingGroup.objects.with_team_member)
        roles.add("came_to_team", lambda person: person.team_attendance.filter(came=True))
        second_factor.needed_when(lambda person: "staffs_network" in person.roles)
        merge_table.register_merge_rules()
        person_table.rows_of_meetings()
        kept_uploads.add_classes()
        deletion.blocked_when(deletion_blocks.leads_alone)
        deletion.blocked_when(deletion_blocks.is_named_contact)
        for area in (items, emails, of_resources):
            area.add_mails()
        left_behind.register_merge_rules()
        of_groups.register_merge_rules()
        of_library.register_rows()
        jobs.handler(telling_homework.KIND, telling_homework.run_telling)
        year_review.add_meeting_lines(partner_year.meeting_lines, place=20)
        panels.add("group", template="meetings/gathering/_group_files.html", read=shared_files, place=30)
        panels.add("partnership", template="meetings/groups/_teams.html", read=pages.teams, place=10)
        panels.add(
            "partnership_acts", template="meetings/groups/_team_new.html", read=pages.new_team, place=10
        )
        panels.add("meeting", template="meetings/groups/_who_comes.html", read=pages.who_comes, place=90)
        panels.add(
            "partner_home",
            template="meetings/gathering/_organization_items.html",
            read=item_panels.of_organization,
            place=5,
        )
        panels.add(
            "group", template="meetings/gathering/_group_items.html", read=item_panels.of_group, place=10
        )
        panels.add(
            "meeting_materials",
            template="meetings/library/_from_meeting.html",
            read=library_panels.materials_to_share,
            place=50,
        )
        panels.add(
            "needs", template="meetings/library/_answers.html", read=library_panels.answers_of, place=10
        )
        menu.add("calendar", _("Calendar"), place=20)
        menu.add("library", _("Resources"), place=32)
        menu.add_to_account("action_items", _("Action items"), place=21)
