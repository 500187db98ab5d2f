"""E-mail addresses of people, and the logins that copy them (docs/decisions/0014-addresses.md).

`PersonEmail` is the truth. `User.email` and allauth's `EmailAddress` are copies, written only here.
Whoever changes the addresses of a person locks the person's row first.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q, prefetch_related_objects

from partners.models import Person, PersonEmail, User
from partners.people.emails import addresses as emails
from partners.people.exceptions import AddressNotProved, AddressTaken, NoAddress, PrimaryAddressStays
from stemnet import jobs
from stemnet.one_line import one_line
from stemnet.telling import tell


def normal(address: str) -> str:
    """Return ``address`` as it is kept: in lower case, without space and what nobody sees."""
    return one_line(address).lower()


def holder(address: str) -> Person | None:
    """Return the person who holds ``address``, proved or not."""
    return Person.objects.holding(address).first() or _with_login_only(address)


@transaction.atomic(savepoint=False)
def claim_address(
    *, address: str, at: datetime, first_name: str = "", last_name: str = "", certificate_name: str = ""
) -> Person:
    """Return the person who holds ``address``, just proved by a code; made where there is none.

    The transaction of whoever calls holds the person's row from now on. The names of somebody who has proved
    an address before are filled where they are empty, never replaced; until then they are what others typed
    or imported, and give way.
    """
    names = {"first_name": first_name, "last_name": last_name, "certificate_name": certificate_name}
    return _claimed(address, names=names, at=at)[0]


def _claimed(address: str, *, names: Mapping[str, str], at: datetime) -> tuple[Person, bool]:
    """Return who holds ``address``, just proved, and whether they are new."""
    email, is_new = _held_or_new(address, names=names, at=at)
    return (email.person if is_new else _claim(email, names=names, at=at)), is_new


def _claim(email: PersonEmail, *, names: Mapping[str, str], at: datetime) -> Person:
    """Lock the person who holds ``email``, fill their names, and write down that it is proved."""
    person = _lock(email.person)
    if person.merged_into_id is not None:  # while this waited, and took the address along
        email.refresh_from_db()
        person = _lock(email.person)
    known = person.emails.filter(verified_at__isnull=False).exists()
    better = {name: value for name, value in names.items() if value and not (known and getattr(person, name))}
    if better:
        for name, value in better.items():
            setattr(person, name, value)
        person.save(update_fields=list(better))
    _prove(email, at=at)
    _copy(person)
    return person


@transaction.atomic
def claim_login(
    *, address: str, at: datetime, first_name: str = "", last_name: str = "", certificate_name: str = ""
) -> Person:
    """Return the person as `claim_address` does, with a login."""
    names = {"first_name": first_name, "last_name": last_name, "certificate_name": certificate_name}
    person, is_new = _claimed(address, names=names, at=at)
    _login_of(person, is_new=is_new, at=at)
    return person


@transaction.atomic
def ensure_user(person: Person, *, at: datetime) -> User:
    """Return the login of ``person``, its copies up to date; where there is none, make one without password.

    Raises NoAddress where the person has no e-mail address; AddressTaken where their address is the login of
    somebody else.
    """
    return _login_of(_lock(person), is_new=False, at=at)


def _login_of(person: Person, *, is_new: bool, at: datetime) -> User:
    """Return the same where this transaction holds the row of ``person``; a new one has no login yet."""
    prefetch_related_objects([person], "emails")
    user = (None if is_new else User.objects.filter(person=person).first()) or _new_login(person, at=at)
    user.person = person
    _copy_to(user, person)
    user.is_in_step = True
    return user


@transaction.atomic
def add_address(person: Person, *, address: str) -> PersonEmail:
    """Note an address of ``person`` that nobody has proved yet, as an import or a coordinator does.

    Raises AddressTaken where another person holds it.
    """
    person = _lock(person)
    first = not person.emails.filter(primary=True).exists()
    email, _new = PersonEmail.objects.get_or_create(
        address=normal(address), defaults={"person": person, "primary": first}
    )
    if email.person_id != person.pk:
        raise AddressTaken
    _copy(person)
    return email


@transaction.atomic
def holder_or_new(address: str, *, first_name: str, last_name: str) -> tuple[Person, bool]:
    """Return the person who holds ``address``, unchanged, or a new one; and whether it is new.

    Nobody has proved the address of a new one. Of two who come by one address at once, both get one person.
    """
    holding = Person.objects.holding(address)
    if person := holding.first():
        return person, False
    try:
        with transaction.atomic():
            person = Person.objects.create(first_name=first_name, last_name=last_name)
            add_address(person, address=address)
    except AddressTaken:
        return holding.get(), False
    return person, True


@transaction.atomic
def note(given: Mapping[int, Iterable[str]]) -> None:
    """Note addresses that nobody has proved yet, of many people without a login, as an import does.

    Who has no primary address gets the first. Whoever calls holds the rows of the people. Raises
    IntegrityError where another person holds an address.
    """
    have = set(PersonEmail.objects.filter(primary=True).values_list("person", flat=True))
    PersonEmail.objects.bulk_create(
        PersonEmail(person_id=person, address=normal(address), primary=not place and person not in have)
        for person, kept in given.items()
        for place, address in enumerate(kept)
    )


@jobs.finishing()
@transaction.atomic
def add_proved(person: Person, *, address: str, at: datetime) -> PersonEmail:
    """Give ``person`` an address that they have just proved by a code; the primary one is told.

    Raises AddressTaken where another person holds it.
    """
    known = person.emails.filter(address=normal(address), verified_at__isnull=False).exists()
    email = add_address(person, address=address)
    prove(email, at=at)
    if not known and not email.primary:
        tell(emails.address_added, person, address=email.address, at=at)
    return email


@transaction.atomic
def prove(email: PersonEmail, *, at: datetime) -> None:
    """Write down that whoever holds ``email`` reads its mail; the first proof counts."""
    person = _lock(email.person)
    _prove(email, at=at)
    _copy(person)


@jobs.finishing()
@transaction.atomic
def make_primary(email: PersonEmail, *, at: datetime, proved_only: bool = True) -> None:
    """Let mail go to ``email`` from now on, and tell the old primary address (docs/rules.md 13.14).

    A coordinator may choose one that is not proved yet, for somebody who lost the old mailbox.

    Raises AddressNotProved where nobody has proved it by a code.
    """
    person = _lock(email.person)
    email.refresh_from_db()
    if proved_only and email.verified_at is None:
        raise AddressNotProved
    old = person.emails.filter(primary=True).exclude(pk=email.pk).first()
    if email.primary and old is None:
        return
    person.emails.filter(primary=True).update(primary=False)
    PersonEmail.objects.filter(pk=email.pk).update(primary=True)
    email.primary = True
    _copy(person)
    if old is not None:
        tell(emails.primary_changed, person, old=old.address, new=email.address, at=at)


@jobs.finishing()
@transaction.atomic
def remove_address(email: PersonEmail, *, at: datetime) -> None:
    """Take an address from its person and tell it, if it was proved.

    Raises PrimaryAddressStays where it is the primary one.
    """
    person = _lock(email.person)
    email.refresh_from_db()
    if email.primary:
        raise PrimaryAddressStays
    address, proved = email.address, email.verified_at is not None
    email.delete()
    _copy(person)
    if proved:
        tell(emails.address_removed, person, address=address, at=at)


@transaction.atomic
def refresh_login(person: Person) -> None:
    """Bring the copies of a login in step after a merge moved the addresses of ``person``."""
    _copy(_lock(person))


def _lock(person: Person) -> Person:
    """Return a fresh copy of ``person`` whose row this transaction holds."""
    return Person.objects.select_for_update().get(pk=person.pk)


def _with_login_only(address: str) -> Person | None:
    """Return the person of a login with ``address``, such as an administrator's made on the command line."""
    user = User.objects.select_related("person").filter(email=normal(address)).first()
    return user.person if user else None


def _held_or_new(address: str, *, names: Mapping[str, str], at: datetime) -> tuple[PersonEmail, bool]:
    """Return the row of ``address`` and whether it is new, with a person of these ``names`` who proved it.

    Of two who prove it at once, one makes it and both get it.
    """
    held = PersonEmail.objects.select_related("person").filter(address=normal(address))
    if email := held.first():
        return email, False
    if person := _with_login_only(address):
        return add_address(person, address=address), False
    proved = {"address": normal(address), "primary": True, "verified_at": at}
    try:
        with transaction.atomic():
            return PersonEmail.objects.create(person=Person.objects.create(**names), **proved), True
    except IntegrityError:
        return held.get(), False


def _new_login(person: Person, *, at: datetime) -> User:
    """Make a login without a password, or take the one of the same address that has no person."""
    address = person.primary_address
    if not address:
        raise NoAddress
    user = User.objects.filter(email=address).first() or User(email=address, date_joined=at)
    if user.person_id is not None or not _may_join(user, person):
        raise AddressTaken
    if user.pk is None:
        user.set_unusable_password()
    user.person = person
    user.save()
    return user


def _may_join(user: User, person: Person) -> bool:
    """Return whether a login without a person becomes that of ``person``.

    One with all rights does only where nobody could sign in to it by any address but its own.
    """
    return not user.is_superuser or not person.emails.exclude(address=user.email).exists()


def _prove(email: PersonEmail, *, at: datetime) -> None:
    """Set the moment of the first proof, and the primary mark where no address has it."""
    PersonEmail.objects.filter(pk=email.pk, verified_at=None).update(verified_at=at)
    if email.refused_at is not None:  # mail came through after all
        PersonEmail.objects.filter(pk=email.pk).update(refused_at=None, refused_reason="")
    if not PersonEmail.objects.filter(person=email.person_id, primary=True).exists():
        PersonEmail.objects.filter(pk=email.pk).update(primary=True)
    email.refresh_from_db()


def _copy(person: Person) -> None:
    """Bring the copies of a login in step with the addresses of its person, where it has one."""
    user = User.objects.filter(person=person).first()
    if user is not None:
        _copy_to(user, person)


def _copy_to(user: User, person: Person) -> None:
    """Bring the copies of a login in step with the addresses of its person, which are the truth."""
    rows = list(person.emails.all())
    if not rows:
        rows = [PersonEmail.objects.create(person=person, address=user.email, primary=True)]
    wanted = {row.address: (row.verified_at is not None, row.primary) for row in rows}
    known = list(EmailAddress.objects.filter(Q(user=user) | Q(email__in=wanted)))
    gone = [copy.pk for copy in known if copy.user_id != user.pk or copy.email not in wanted]
    if gone:
        EmailAddress.objects.filter(pk__in=gone).delete()
    mine = {copy.email: (copy.verified, copy.primary) for copy in known if copy.user_id == user.pk}
    changed = [
        EmailAddress(user=user, email=address, verified=verified, primary=primary)
        for address, (verified, primary) in wanted.items()
        if mine.get(address) != (verified, primary)
    ]
    EmailAddress.objects.bulk_create(
        sorted(changed, key=lambda copy: copy.primary),  # there is one primary: the old one first gives way
        update_conflicts=True,
        unique_fields=["user", "email"],
        update_fields=["verified", "primary"],
    )
    primary = next((row.address for row in rows if row.primary), rows[0].address)
    if user.email != primary:
        User.objects.filter(pk=user.pk).update(email=primary)
        user.email = primary
