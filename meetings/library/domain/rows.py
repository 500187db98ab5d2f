"""What becomes of rows of the library when people or organizations are merged, or somebody is deleted.

A resource and a trial stay with the organization that they are from; the person goes from them, and with
the person what only they have seen.
"""

from django.db.models import Model, QuerySet

from meetings.library.domain.resources import delete_with_file
from meetings.library.domain.trials import number_of_trials
from meetings.models import AnsweredNeed, Resource, ResourceChange, ResourceReport, Trial
from partners.merging.domain.merge_rules import Merging, merge_rule, move_rows, once, stay
from partners.people.domain.person_rows import ACTED, Forgetting, let_go, rows_about
from partners.people.domain.person_rows import stay as keep


def move_trials(merging: Merging, model: type[Model], field: str) -> None:
    """Give trials to the organization that stays, and count anew who tried each resource."""
    found = list(Trial.objects.filter(**{field: merging.gone}).values_list("resource", flat=True).distinct())
    tried = list(Resource.objects.select_for_update().filter(pk__in=found).order_by("pk"))
    move_rows(merging, model, field)
    for one in tried:
        merging.journal.update(one, trial_count=number_of_trials(one))


def delete_drafts(forgetting: Forgetting, rows: QuerySet[Resource]) -> None:
    """Delete what nobody else has seen, with its file; what was shared stays and names nobody."""
    for one in rows:
        if one.is_unseen:
            delete_with_file(one)
    rows.update(contributor=None)


def register_rows() -> None:
    """Fill the registries."""
    merge_rule(Resource, "contributor", move_rows)
    merge_rule(Resource, "organization", move_rows)
    merge_rule(Trial, "person", move_rows)
    merge_rule(Trial, "organization", move_trials)
    merge_rule(ResourceReport, "by", once(lambda row: (row.resource_id, row.what, row.settled_at)))
    merge_rule(AnsweredNeed, "by", stay)
    merge_rule(ResourceChange, "by", stay)
    rows_about(Resource, "contributor", forget=delete_drafts)
    rows_about(Trial, "person", forget=let_go("person"))
    rows_about(ResourceReport, "by", forget=let_go("by"))
    rows_about(AnsweredNeed, "by", forget=keep, not_downloaded=ACTED)
