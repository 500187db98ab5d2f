"""One partner's part of the memorandum: its words, saved by several people, and its way to "accepted".

Every act holds the part's row. A save names what each field began from; where somebody else has changed the
same field since, it is refused and nothing is lost (docs/rules.md 13.10).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import sign_requests
from partners.memorandum.domain.text_lengths import check_lengths
from partners.memorandum.emails import mou as letters
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused, NothingToChange
from partners.models import MouRole, Person, RoleChange, RoleComment, RoleEdit, acted, local_day
from stemnet import jobs
from stemnet.differences import mark
from stemnet.telling import tell

Status = MouRole.Status
WORDS = (
    "does",
    "needs_text",
    "contributes_text",
    "signatory_name",
    "signatory_title",
    "signatory_email",
)
TEXTS = WORDS[:3]
BURST = timedelta(minutes=5)
KEPT_WHOLE = timedelta(minutes=15)


def part_words(role: MouRole) -> dict[str, str]:
    """Return what the part says and who signs it, as one dictionary."""
    return {name: getattr(role, name) for name in WORDS}


def words_at(role: MouRole, revision: int) -> dict[str, str] | None:
    """Return the words as they were at ``revision``, or None where they are no longer kept."""
    if revision == 1:
        return dict.fromkeys(WORDS, "")
    words = role.edits.filter(revision=revision).values_list("words", flat=True).first()
    return {name: words.get(name, "") for name in WORDS} if words is not None else None


def marks_of(words: Mapping[str, str]) -> dict[str, str]:
    """Return the mark of each field."""
    return {name: mark(value) for name, value in words.items()}


@transaction.atomic
def save_part(
    role: MouRole,
    *,
    words: Mapping[str, str],
    seen: int,
    marks: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> MouRole:
    """Save the words of a part that were changed on a page; the same words again change nothing.

    The page began from revision ``seen``, or each field from the words that its ``marks`` mark. A field that
    was left alone stays what somebody else made of it meanwhile.

    Raises ChangedMeanwhile where somebody saved other words in the same field; MouRefused where the part is
    not open for writing, or a text is too long.
    """
    role = lock_part(role)
    check_part_open(role)
    words = changed_here(role, words, seen=seen, marks=marks, by=by)
    if not words:
        return role
    for name, value in words.items():
        setattr(role, name, value)
    check_lengths(role, *WORDS)
    role.revision += 1
    role.saved_by, role.saved_at = by, at
    role.save(update_fields=[*words, "revision", "saved_by", "saved_at"])
    keep_revision(role, by=by, at=at)
    if role.status == Status.NOT_STARTED:
        move_part(role, to=Status.DRAFT, by=by, at=at)
    return role


def changed_here(
    role: MouRole, words: Mapping[str, str], *, seen: int, marks: Mapping[str, str] | None, by: Person
) -> dict[str, str]:
    """Return the fields that a page changes. Raises ChangedMeanwhile where others changed one of them."""
    saved = part_words(role)
    typed = {name: words[name] for name in WORDS if name in words and words[name] != saved[name]}
    if role.revision == seen and marks is None:
        return typed
    base = None if marks else words_at(role, seen)
    began = marks or marks_of(base or {})
    typed = {name: value for name, value in typed.items() if mark(value) != began.get(name)}
    if any(mark(saved[name]) != began.get(name) for name in typed):
        other = role.edits.exclude(by=by).select_related("by").last()
        raise ChangedMeanwhile(who=str(other.by if other else role.saved_by or ""))
    return typed


def keep_revision(role: MouRole, *, by: Person, at: datetime) -> None:
    """Keep these words with their revision; of an older burst of saves only the last one stays."""
    RoleEdit.objects.create(role=role, revision=role.revision, words=part_words(role), by=by, at=at)
    kept = list(role.edits.order_by("revision").values_list("pk", "by_id", "at"))
    idle = [
        pk
        for (pk, who, when), (_pk, next_who, next_when) in pairwise(kept)
        if who == next_who and next_when - when < BURST and at - when > KEPT_WHOLE
    ]
    RoleEdit.objects.filter(pk__in=idle).delete()


@transaction.atomic
def begin_from(role: MouRole, *, model: MouRole, seen: int, by: Person, at: datetime) -> MouRole:
    """Begin an empty part as a copy of a model part, which it names. Raises MouRefused, ChangedMeanwhile."""
    role = lock_part(role)
    if any(getattr(role, name).strip() for name in TEXTS):
        raise MouRefused(sentence=_("Your part isn't empty. You can start from a model only if it is."))
    if not model.model_title or model.pk == role.pk:
        raise MouRefused(sentence=_("This part isn't offered as a model."))
    role = save_part(role, words={name: getattr(model, name) for name in TEXTS}, seen=seen, by=by, at=at)
    role.copied_from = model
    role.save(update_fields=["copied_from"])
    return role


@jobs.finishing()
@transaction.atomic
def submit_part(role: MouRole, *, by: Person, at: datetime) -> MouRole:
    """Hand the part to the coordinator. Raises MouRefused where it is empty or lacks its signatory."""
    role = lock_part(role)
    if role.status == Status.SUBMITTED:
        return role
    check_part_open(role)
    if not role.does.strip():
        raise MouRefused(sentence=_("Say what you do before you submit."))
    check_signatory(role)
    role.submitted_at = at
    move_part(role, to=Status.SUBMITTED, by=by, at=at)
    tell(letters.submitted, role, by=by, at=at)
    return role


def check_signatory(role: MouRole) -> None:
    """Raise MouRefused unless a signatory is named who is not the drafter."""
    submitted = MouRole(**part_words(role), status=Status.SUBMITTED)
    try:
        submitted.validate_constraints(exclude=["mou", "organization"])
    except ValidationError as error:
        raise MouRefused(sentence=" ".join(error.messages)) from error
    sign_requests.check_signatory(role, name=role.signatory_name, address=role.signatory_email)


@jobs.finishing()
@transaction.atomic
def give_back(role: MouRole, *, comment: str, by: Person, at: datetime) -> MouRole:
    """Return a part with comments, so that the partner can write on. Raises MouRefused."""
    if not comment.strip():
        raise NothingToChange
    role = lock_part(role)
    if role.status not in (Status.SUBMITTED, Status.ACCEPTED):
        raise MouRefused(sentence=_("Only a part that was submitted can be returned."))
    write_comment(role, text=comment, by=by, at=at)
    move_part(role, to=Status.RETURNED, by=by, at=at, reason=comment)
    tell(letters.returned, role, comment=comment, at=at)
    return role


@jobs.finishing()
@transaction.atomic
def accept_part(role: MouRole, *, seen: int, by: Person, at: datetime) -> MouRole:
    """Accept a part as it was read: ``seen`` is the revision on the page. Raises MouRefused."""
    role = lock_part(role)
    if role.status == Status.ACCEPTED:
        return role
    if role.status != Status.SUBMITTED:
        raise MouRefused(sentence=_("Only a part that was submitted can be accepted."))
    if role.revision != seen:
        raise ChangedMeanwhile(who=str(role.saved_by or ""))
    move_part(role, to=Status.ACCEPTED, by=by, at=at)
    tell(letters.accepted, role, at=at)
    return role


@jobs.finishing()
@transaction.atomic
def comment(role: MouRole, *, text: str, by: Person, at: datetime) -> RoleComment:
    """Write a remark beside the part, and tell who works on it. Raises MouRefused where it says nothing."""
    if not text.strip():
        raise MouRefused(sentence=_("Type a comment."))
    row = write_comment(role, text=text, by=by, at=at)
    tell(letters.commented, row, at=at)
    return row


def write_comment(role: MouRole, *, text: str, by: Person, at: datetime) -> RoleComment:
    """Write the row of a remark."""
    row = RoleComment(role=role, text=text.strip(), by=by, at=at)
    row.full_clean(exclude=["role", "by"])
    row.save()
    return row


def move_part(role: MouRole, *, to: str, by: Person, at: datetime, reason: str = "") -> None:
    """Give the part another status, with its row of history; the caller holds the part's row."""
    before, role.status = role.status, to
    if to == Status.RETURNED:
        role.chased_from = local_day(at)  # the weeks of reminders begin anew
    role.save(update_fields=["status", "submitted_at", "chased_from"])
    RoleChange.objects.create(
        role=role, from_status=before, to_status=to, at=at, reason=reason.strip()[:500], **acted(by)
    )


def lock_part(role: MouRole) -> MouRole:
    """Return a fresh copy of the part whose row this transaction holds."""
    fresh = MouRole.objects.select_for_update(of=("self",)).select_related("mou", "organization")
    return fresh.get(pk=role.pk)


def check_part_open(role: MouRole) -> None:
    """Raise MouRefused unless the partner may write now."""
    if role.status not in MouRole.EDITABLE:
        raise MouRefused(
            sentence=_("This part is “%(status)s”. You can change it if the coordinator returns it.")
            % {"status": role.get_status_display()}
        )
