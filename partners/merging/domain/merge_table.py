"""The rules of merging for the rows of partners: people and organizations."""

from django.db.models import Model

from partners.merging.domain.merge_memorandum_parts import parts
from partners.merging.domain.merge_rules import (
    Merging,
    give_rows,
    locked_rows,
    merge_rule,
    move_rows,
    once,
    stay,
)
from partners.models import (
    AccountClaim,
    Alias,
    Change,
    Contact,
    Contribution,
    EducatorNumber,
    Interest,
    Invitation,
    KeptForm,
    Match,
    Merge,
    Mou,
    MouDocument,
    MouReview,
    MouRole,
    MouText,
    Need,
    NewsPost,
    NotHere,
    NotTheSame,
    OldSlug,
    Organization,
    Partnership,
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
    StageChange,
    Suggestion,
    TableImport,
    User,
    Voice,
    YearRemark,
)


def addresses(merging: Merging, model: type[Model], field: str) -> None:
    """Move every address; of the primary ones, that of the person who stays remains primary."""
    has_one = any(row.primary for row in locked_rows(model, field, merging.kept))
    for row in locked_rows(model, field, merging.gone):
        merging.journal.update(row, person_id=merging.kept.pk, primary=row.primary and not has_one)


def login(merging: Merging, model: type[Model], field: str) -> None:
    """Move the login; of two, the one that goes sleeps under a name of its own, and its rights with it."""
    kept = locked_rows(model, field, merging.kept)
    for user in locked_rows(model, field, merging.gone):
        if kept:
            merging.journal.update(user, is_active=False, email=f"merged-{user.pk}@merged.invalid")
        else:
            give_rows(merging, [user], field)


def part_of(merging: Merging, model: type[Model], field: str) -> None:
    """Move the parts; what was part of the one that goes can't become part of itself."""
    for row in locked_rows(model, field, merging.gone):
        itself = row.pk == merging.kept.pk
        merging.journal.update(row, part_of_id=None if itself else merging.kept.pk)


def allied(merging: Merging, model: type[Model], field: str) -> None:
    """Move alliances, but none twice and none with itself."""
    other = "to_organization_id" if field == "from_organization" else "from_organization_id"
    taken = {getattr(row, other) for row in locked_rows(model, field, merging.kept)} | {merging.kept.pk}
    for row in locked_rows(model, field, merging.gone):
        if getattr(row, other) not in taken:
            give_rows(merging, [row], field)


def _rules_of_people() -> None:
    merge_rule(Person, "merged_into", move_rows)
    merge_rule(PersonEmail, "person", addresses)
    merge_rule(User, "person", login)
    merge_rule(Position, "person", move_rows)
    merge_rule(NotHere, "person", move_rows)
    merge_rule(NotHere, "by", stay)
    merge_rule(NotHere, "lifted_by", stay)
    merge_rule(Preference, "person", once(lambda row: row.topic))
    merge_rule(EducatorNumber, "person", once(lambda row: row.kind))
    merge_rule(Interest, "person", once(lambda row: row.subject_id))
    merge_rule(KeptForm, "person", once(lambda row: row.form))
    merge_rule(MouRole, "lead_contact", move_rows)
    merge_rule(MouRole, "drafter", move_rows)
    merge_rule(Need, "teacher", move_rows)
    merge_rule(Match, "owner", move_rows)
    merge_rule(AccountClaim, "person", once(lambda row: None if row.answer else "waiting"))
    merge_rule(Suggestion, "by", once(lambda row: row.organization_id))
    merge_rule(Invitation, "sender", move_rows)
    merge_rule(Contact, "by", move_rows)
    merge_rule(Proposal, "by", move_rows)


def _rules_of_who_acted() -> None:
    written = (Mou, MouReview, MouText, MouDocument, RoleEdit, RoleComment, Rewording)
    for model in (*written, NotTheSame, Merge, TableImport, YearRemark):
        for field in _keys(model, Person):
            merge_rule(model, field, stay)
    merge_rule(AccountClaim, "answered_by", stay)
    merge_rule(Removal, "person", stay)
    merge_rule(Removal, "by", stay)
    merge_rule(MouRole, "saved_by", stay)
    merge_rule(Proposal, "decided_by", stay)
    merge_rule(Position, "confirmed_by", stay)
    merge_rule(Signature, "recorded_by", stay)
    merge_rule(NewsPost, "by", stay)
    merge_rule(Voice, "consent_by", stay)
    histories_stay("partners")


def histories_stay(app: str) -> None:
    """Leave the rows of every history of ``app``: who acted is kept as it was."""
    for model in Change.__subclasses__():
        if model._meta.app_label == app:
            merge_rule(model, "by", stay)


def _rules_of_organizations() -> None:
    allies, leads = Organization.allies.through, Partnership.lead_organizations.through
    merge_rule(Organization, "merged_into", move_rows)
    merge_rule(Organization, "part_of", part_of)
    merge_rule(allies, "from_organization", allied)
    merge_rule(allies, "to_organization", allied)
    merge_rule(Alias, "organization", once(lambda row: row.name.casefold()))
    merge_rule(OldSlug, "organization", move_rows)
    merge_rule(Partnership, "host", move_rows)
    merge_rule(leads, "organization", once(lambda row: row.partnership_id))
    merge_rule(Position, "organization", move_rows)
    merge_rule(MouRole, "organization", parts)
    merge_rule(Suggestion, "organization", once(lambda row: row.by_id))
    merge_rule(Invitation, "organization", once(lambda row: row.address))
    for model in (Contact, Contribution, Need, NotHere, Proposal, StageChange, Voice, YearRemark):
        merge_rule(model, "organization", move_rows)
    merge_rule(Need, "school", move_rows)


def _keys(model: type[Model], to: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.related_model is to]


def register_merge_rules() -> None:
    """Fill the registry."""
    _rules_of_people()
    _rules_of_who_acted()
    _rules_of_organizations()
