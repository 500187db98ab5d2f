"""What the rows of partners that lead to a person mean for their download, and for their deletion."""

from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from partners.models import (
    AccountClaim,
    Change,
    Contact,
    EducatorNumber,
    Interest,
    Invitation,
    InvitationStop,
    KeptForm,
    Match,
    Merge,
    MouDocument,
    MouDocumentPart,
    MouReview,
    MouRole,
    MouText,
    Need,
    NewsPost,
    NotHere,
    NotTheSame,
    Objection,
    Organization,
    Person,
    PersonEmail,
    Position,
    Preference,
    Proposal,
    Removal,
    Rewording,
    RoleComment,
    RoleEdit,
    Signature,
    Suggestion,
    TableImport,
    User,
    Voice,
    YearRemark,
    local_day,
)
from partners.people.domain import traces
from partners.people.domain.person_rows import (
    ACTED,
    LINKS,
    Forgetting,
    delete_rows,
    let_go,
    rows_about,
    stay,
    stay_without,
    unsign,
)


def end_positions(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Leave the organization, job and group, which statistics count; everything else goes."""
    today = local_day(forgetting.at)
    last = Greatest(Coalesce(F("started_on"), today), today)
    rows.filter(ended_on=None).update(ended_on=last)
    rows.update(public=False, is_contact=False)
    says_where = Q(organization__isnull=False) | ~Q(organization_words="")
    rows.filter(says_where).update(title="")
    rows.exclude(says_where).update(title=forgetting.name)


def empty_login(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Leave an empty login, as histories name it; nobody signs in by it any more."""
    for user in rows:
        user.groups.clear()
        user.user_permissions.clear()
        user.emailaddress_set.all().delete()
        user.authenticator_set.all().delete()
        for session in user.usersession_set.all():
            session.end()
        user.set_unusable_password()
        user.email, user.is_active, user.is_superuser = f"removed-{user.pk}@removed.invalid", False, False
        user.last_login = None
        user.save()


def rows_of_partners() -> None:
    """Fill the registry."""
    _rows_of_people()
    _rows_of_who_wrote()
    _rows_of_who_acted()
    rows_about(Removal, "person", forget=stay, not_downloaded=LINKS)
    rows_about(Removal, "by", forget=unsign, not_downloaded=ACTED)
    rows_about(AccountClaim, "person", forget=delete_rows)
    rows_about(AccountClaim, "answered_by", forget=stay, not_downloaded=ACTED)
    unsigned_histories("partners")
    histories_of("partners")
    _words_that_stay()


def _rows_of_people() -> None:
    rows_about(Person, "merged_into", forget=stay_without(first_name="", last_name="", certificate_name=""))
    rows_about(PersonEmail, "person", forget=delete_rows)
    rows_about(User, "person", forget=empty_login)
    rows_about(Position, "person", forget=end_positions)
    rows_about(NotHere, "person", forget=delete_rows)
    rows_about(Preference, "person", forget=delete_rows)
    rows_about(EducatorNumber, "person", forget=delete_rows)
    rows_about(Interest, "person", forget=delete_rows)
    rows_about(KeptForm, "person", forget=delete_rows)
    rows_about(MouRole, "lead_contact", forget=let_go("lead_contact"))
    rows_about(MouRole, "drafter", forget=let_go("drafter"))
    rows_about(Need, "teacher", forget=let_go("teacher"))
    rows_about(Match, "owner", forget=let_go("owner"))


def _rows_of_who_wrote() -> None:
    for model, field in (
        (Suggestion, "by"),
        (Invitation, "sender"),
        (Contact, "by"),
        (Proposal, "by"),
        (RoleComment, "by"),
        (YearRemark, "by"),
        (NewsPost, "by"),
    ):
        rows_about(model, field, forget=stay)


def _rows_of_who_acted() -> None:
    for model, field in (
        (NotHere, "by"),
        (NotHere, "lifted_by"),
        (MouReview, "by"),
        (MouText, "by"),
        (MouDocument, "by"),
        (MouRole, "saved_by"),
        (RoleEdit, "by"),
        (Proposal, "decided_by"),
        (Signature, "recorded_by"),
        (Position, "confirmed_by"),
        (TableImport, "by"),
        (TableImport, "applied_by"),
        (NotTheSame, "by"),
        (Merge, "by"),
        (Voice, "consent_by"),
    ):
        rows_about(model, field, forget=stay, not_downloaded=ACTED)
    rows_about(Rewording, "by", forget=unsign, not_downloaded=ACTED)


def _words_that_stay() -> None:
    """Name what was signed, what partners say of themselves, and what was published."""
    traces.leave_words(Signature)
    traces.leave_words(Objection)
    traces.leave_words(MouDocument, "words", "html")
    traces.leave_words(MouDocumentPart, "words", "organization_name")
    traces.leave_words(MouRole, "does", "needs_text", "contributes_text", "signatory_name", "signatory_email")
    traces.leave_words(RoleEdit, "words")
    traces.leave_words(Organization, "name", "about", "website")
    traces.leave_words(NewsPost)
    traces.deleted_by_address(InvitationStop, "address")


def unsigned_histories(app: str) -> None:
    """Leave the rows of every history of ``app``, without the name of whoever acted."""
    for model in Change.__subclasses__():
        if model._meta.app_label == app:
            rows_about(model, "by", forget=unsign, not_downloaded=ACTED)


def histories_of(app: str) -> None:
    """Delete older states of rows that are somebody's own, and leave those of others."""
    for model in apps.get_app_config(app).get_models():
        if not hasattr(model, "history_user"):
            continue
        rows_about(model, "history_user__person", forget=stay, not_downloaded=ACTED)
        for field in model._meta.concrete_fields:
            if field.related_model is Person:
                own = field.name == "person"
                forget = delete_rows if own else let_go(field.name)
                rows_about(model, field.name, forget=forget, not_downloaded="" if own else LINKS)
    if app == "partners":
        rows_about(Person.history.model, "id", forget=delete_rows)
