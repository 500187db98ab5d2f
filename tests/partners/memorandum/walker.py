"""A random walk over all that people and days do to one memorandum, with what has to hold after each act.

What should be so is worked out here from the plain rows, one by one, without `binding`, which it judges.
"""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.exchange.domain.exchange_lists import contribution_entries
from partners.home.domain import own_place
from partners.memorandum.domain import (
    amending,
    document_words,
    freezing,
    part_board,
    part_contacts,
    part_rows,
    parts,
    sign_answers,
    sign_reminders,
    sign_requests,
    signature_board,
    terms,
    unfreezing,
)
from partners.models import (
    Category,
    Contribution,
    Match,
    Mou,
    MouDocument,
    MouDocumentPart,
    MouRole,
    Signature,
    Stage,
)
from partners.people.exceptions import PartnersRefused
from stemnet.models import Mail
from tests.factories import NOW, a_partnership, a_user, an_organization
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
    WORDS,
    a_circulated_mou,
    a_next_text,
    boss,
    code_for,
    signed,
)

ZONE = ZoneInfo("America/Los_Angeles")
PARTNERS = 4
ACTS = {
    "ask": 3,
    "write": 8,
    "add_row": 3,
    "take_out": 3,
    "put_back": 1,
    "amend": 3,
    "change_term": 2,
    "lock": 8,
    "unlock": 3,
    "reopen": 3,
    "sign": 9,
    "sign_on_paper": 3,
    "decline": 1,
    "hand_on": 1,
    "name_another": 2,
    "object": 2,
    "leave": 1,
    "remind": 1,
    "match": 2,
    "days": 5,
}


class Walk:
    """One walk with its own chance; ``acts`` counts what was done, ``refused`` what the rules said no to."""

    def __init__(self, seed: int, client) -> None:
        self.chance = random.Random(seed)
        self.client = client
        self.at = datetime.combine(NOW.date(), time(18), tzinfo=ZONE)
        a_partnership(zone=ZONE.key)
        self.mou = a_circulated_mou(
            notice_days=self.chance.choice([5, 30]), ends_on=self.chance.choice([None, date(2021, 3, 31)])
        )
        self.boss = boss(self.mou)
        self.category = Category.objects.get_or_create(code="mentor", defaults={"name": "Mentors"})[0]
        self.acts, self.refused = Counter(), Counter()
        self.promised = {}
        self.swept = False
        self.log = []

    @property
    def today(self) -> date:
        return self.at.astimezone(ZONE).date()

    def go(self, acts: int) -> None:
        """Do so many acts, beginning with a few partners that are ready to be locked."""
        for _number in range(PARTNERS - 1):
            self.ask()
            self.write(certain=True)
        while self.acts.total() < acts:
            act = self.chance.choices(list(ACTS), weights=list(ACTS.values()))[0]
            self.at += timedelta(minutes=self.chance.randint(1, 90))
            self.swept = False
            try:
                done = getattr(self, act)()
            except PartnersRefused as refusal:
                self.refused[act] += 1
                self.log.append(f"{self.at:%m-%d %H:%M} {act}: no, {refusal}")
                continue
            if done is False:
                continue
            self.acts[act] += 1
            self.log.append(f"{self.at:%m-%d %H:%M} {act}: {done}")
            self.check()
            if self.acts.total() % 9 == 0:
                self.check_pages()
            if self.mou.status == Mou.Status.ENDED and self.chance.random() < 0.5:
                break

    # What people do

    def one(self, rows):
        rows = list(rows)
        return self.chance.choice(rows) if rows else None

    def role(self, *statuses):
        return self.one(self.mou.roles.filter(status__in=statuses).order_by("pk"))

    def ask(self):
        """Ask somebody new for its part, or somebody who left."""
        asked = self.mou.roles.standing().values("organization")
        left = self.mou.roles.exclude(organization__in=asked)
        place = self.one([one.organization for one in left])
        if place is None:
            if self.mou.roles.count() >= PARTNERS:
                return False
            number = self.mou.roles.count() + 1  # the same names in every run, since documents sort by them
            place = an_organization(stage="interested", name=f"Partner {number}", slug=f"partner-{number}")
        part_contacts.ask_for_part(
            self.mou, organization=place, drafter=a_user().person, by=self.boss, at=self.at
        )
        return str(place)

    def write(self, *, certain=False):
        """Bring a part some steps towards "accepted"."""
        role = self.role("not_started", "draft", "returned", "submitted")
        if role is None:
            return False
        if role.status != "submitted":
            slug, number = role.organization.slug, self.chance.randint(1, 2)
            given = {
                **WORDS,
                "does": f"We teach {self.chance.choice(['robotics', 'algebra'])}.",
                "signatory_name": f"Chief {number} {slug}",
                "signatory_email": f"chief{number}@{slug}.example",
            }
            role = parts.save_part(role, words=given, seen=role.revision, by=role.drafter, at=self.at)
            role = parts.submit_part(role, by=role.drafter, at=self.at)
        if certain or self.chance.random() < 0.8:
            parts.accept_part(role, seen=role.revision, by=self.boss, at=self.at)
        return str(role)

    def add_row(self):
        role = self.role(*MouRole.EDITABLE)
        if role is None:
            return False
        add = self.chance.choice([part_rows.add_need, part_rows.add_contribution])
        add(role, category=self.category, at=self.at, detail=f"row {self.chance.randint(1, 99)}")
        return f"{add.__name__} {role}"

    def take_out(self):
        role = self.role(*MouRole.EDITABLE)
        rows = (
            [*role.needs.filter(withdrawn_at=None), *role.contributions.filter(withdrawn_at=None)]
            if role
            else []
        )
        row = self.one(rows)
        if row is None:
            return False
        return f"{row}: {part_rows.take_out(role, row, by=role.drafter, at=self.at)}"

    def put_back(self):
        row = self.one(Contribution.objects.exclude(taken_out_at=None).filter(withdrawn_at=None))
        return False if row is None else str(part_rows.put_back(row.role, row))

    def amend(self):
        """Circulate a next version of the shared text."""
        number, weight = self.chance.randint(1, 999), self.chance.choice(["editorial", "material"])
        if self.mou.texts.filter(status="circulated").exists() and self.mou.documents.exists():
            return False
        return str(a_next_text(self.mou, body=f"Purpose {number}.", weight=weight, at=self.at))

    def change_term(self):
        self.fresh()
        self.mou.notice_days = self.chance.choice([5, 20, 60])
        self.mou.ends_on = self.today + timedelta(days=self.chance.choice([40, 100, 250]))
        self.mou.save()
        return f"until {self.mou.ends_on}, {self.mou.notice_days} days"

    def lock(self):
        join = self.chance.random() < 0.3
        gathered = document_words.gather_for_freezing(self.mou, join=join)
        weight = "material" if self.chance.random() < 0.6 else "editorial"
        made = freezing.freeze_for_signature(
            self.mou, seen=gathered.digest, weight=weight, join=join, by=self.boss, at=self.at
        )
        return f"{[one.number for one in made]} {made[0].weight} joins {made[0].joins}"

    def unlock(self):
        document = self.one(self.mou.documents.standing())
        if document is None:
            return False
        unfreezing.unlock_document(document, reason="A page is missing", by=self.boss, at=self.at)
        return str(document)

    def reopen(self):
        role = self.role("locked")
        return (
            False
            if role is None
            else str(unfreezing.reopen_part(role, reason="Name the rooms", by=self.boss, at=self.at))
        )

    def asked(self):
        rows = Signature.objects.asked().filter(document__mou=self.mou).order_by("pk")
        return self.one(rows)

    def sign(self):
        one = self.asked()
        if one is None:
            return False
        return f"{signed(one, at=self.at)} {one.document}"

    def sign_on_paper(self):
        one = self.asked()
        if one is None:
            return False
        given = {"signed_on": self.today, "place": "Wilsonville", "scan": ContentFile(b"%PDF", name="scan")}
        return f"{sign_answers.record_paper(one, **given, by=self.boss, at=self.at)} {one.document}"

    def decline(self):
        one = self.asked()
        if one is None:
            return False
        code = code_for(one, at=self.at, to_sign=False)
        return str(sign_answers.decline_to_sign(one, code=code, reason="Not yet", at=self.at))

    def hand_on(self):
        one = self.asked()
        if one is None:
            return False
        code = code_for(one, at=self.at, to_sign=False)
        return str(sign_answers.hand_on(one, code=code, reason="On leave", **self.another(one), at=self.at))

    def name_another(self):
        rows = Signature.objects.filter(document__mou=self.mou, document__in=MouDocument.objects.standing())
        one = self.one(rows.filter(status__in=["asked", "declined"]).order_by("pk"))
        if one is None:
            return False
        return str(
            sign_requests.name_another(
                one.part, reason="Retired", **self.another(one), by=self.boss, at=self.at
            )
        )

    def another(self, one):
        number, slug = self.chance.randint(3, 9), one.part.role.organization.slug
        return {"name": f"Dean {number}", "title": "Dean", "address": f"dean{number}@{slug}.example"}

    def object(self):
        rows = Signature.objects.signed().filter(document__mou=self.mou).order_by("pk")
        open_ones = [(one, change) for one in rows if (change := amending.open_change(one, at=self.at))]
        if not open_ones:
            return False
        one, change = self.chance.choice(open_ones)
        amending.send_code(one, seen=change.sha256, at=self.at)
        code = code_for(one, fresh=False)
        return str(amending.object_to(one, code=code, reason="No", seen=change.sha256, at=self.at))

    def leave(self):
        role = self.role(*MouRole.EDITABLE, "submitted", "accepted", "locked")
        if role is None:
            return False
        return str(terms.give_notice(role, on=None, reason="Moved", by=self.boss, at=self.at))

    def remind(self):
        self.fresh()
        self.swept = True
        return str(sign_reminders.remind_all(self.mou, at=self.at))

    def match(self):
        """Confirm a contribution that somebody signed for another partner's need."""
        gift = self.one(Contribution.objects.open().order_by("pk"))
        if gift is None:
            return False
        taker = an_organization(stage="partner")
        need = exchange.write_need(organization=taker, category=self.category, at=self.at)
        match = exchange.propose_match(need=need, contribution=gift, by=self.boss, at=self.at)
        return str(exchange.move_match(match, to="confirmed", by=self.boss, at=self.at))

    def days(self):
        """Let days pass, with what the clock does at noon of each, or only on the last."""
        number = self.chance.choice([1, 1, 3, 9, 16, 35])
        swept = {number - 1, self.chance.randrange(number)}
        for day in range(number):
            self.at = datetime.combine(self.today + timedelta(days=1), time(12), tzinfo=ZONE)
            if day in swept:
                amending.sweep_carrying(at=self.at)
                terms.sweep_terms(at=self.at)
                sign_reminders.sweep_signatures(at=self.at)
                self.swept = True
                self.look()
                self.check_reminded()
        return f"{number} to {self.today}"

    # What has to hold

    def fresh(self):
        self.mou = Mou.objects.get(pk=self.mou.pk)

    def look(self):
        """Read all rows anew."""
        self.fresh()
        people = ("organization", "lead_contact", "drafter")
        self.roles = list(self.mou.roles.select_related(*people).order_by("pk"))
        rows = MouDocumentPart.objects.filter(document__mou=self.mou).select_related("document")
        rows = rows.prefetch_related("needs", "contributions", "signatures")
        self.parts = sorted(rows, key=lambda part: part.document.number)
        for part in self.parts:
            part.answers = sorted(part.signatures.all(), key=lambda one: one.pk)

    def check(self):
        self.look()
        for role in self.roles:
            self.check_asked(role)
            self.check_promised(role)
        if self.swept:
            self.check_stages()
        self.check_boards()

    def standing_parts(self, role):
        return [
            part
            for part in self.parts
            if part.role_id == role.pk and not part.document.unlocked_at and not part.document.replaced_by_id
        ]

    def has_left(self, role):
        return role.status == "withdrawn" or (
            role.withdrawn_on is not None and role.withdrawn_on <= self.today
        )

    def is_over(self, document):
        last = document.words["ends_on"]
        return self.mou.status == "ended" if not last else date.fromisoformat(last) < self.today

    def given(self, role):
        """Return what was signed for a part, in order, each with its part in the document."""
        found = [
            (one.signed_at, one.pk, one, part)
            for part in self.parts
            if part.role_id == role.pk and not part.document.unlocked_at
            for one in part.answers
            if one.status == "signed"
        ]
        return [(one, part) for _at, _pk, one, part in sorted(found)]

    def counting(self, role):
        """Return the part in a document that binds a partner today: signed last, and begun."""
        counts = None
        for _one, part in self.given(role):
            begun = date.fromisoformat(part.document.words["effective_on"]) <= self.today
            if begun or counts is None or self.is_over(counts.document):
                counts = part
        return None if counts is None or self.has_left(role) or self.is_over(counts.document) else counts

    def waited_for(self, role):
        """Return the request whose answer is waited for, or None."""
        rows = self.standing_parts(role)
        if not rows or self.has_left(role) or self.mou.status == "ended" or self.is_over(rows[-1].document):
            return None
        return next((one for one in rows[-1].answers if one.status == "asked"), None)

    def check_asked(self, role):
        """Every partner that should be asked is asked exactly once, under what is current, and was mailed."""
        asked = [
            one
            for part in self.parts
            if part.role_id == role.pk
            for one in part.answers
            if one.status == "asked"
        ]
        rows = self.standing_parts(role)
        assert len(asked) <= 1, self.said(role)
        assert not asked or (rows and asked[0].part_id == rows[-1].pk), self.said(role)
        for one in asked:
            mails = Mail.objects.filter(
                key__startswith=f"sign_request:{one.uid}", address=one.signatory_email
            )
            assert mails.exists(), self.said(role)
        if not rows or self.has_left(role) or self.is_over(rows[-1].document):
            return
        states, document = [one.status for one in rows[-1].answers], rows[-1].document
        if not states:
            pending = document.objections_until is not None and self.given(role)
            assert pending, self.said(role)
        elif states[-1] not in ("asked", "signed", "declined"):
            opened = role.changes.filter(to_status="returned", at__gt=document.locked_at).exists()
            assert (states[-1], opened, role.status == "locked") == ("stale", True, False), self.said(role)

    def check_promised(self, role):
        """What is signed never changes what it promises, and stands while it binds."""
        given = self.given(role)
        for one, part in given:
            document = part.document
            now = (
                document.words,
                document.html,
                document.sha256,
                part.words,
                sorted(row.pk for row in part.needs.all()),
                sorted(row.pk for row in part.contributions.all()),
                (one.signatory_name, one.signatory_title, one.signed_at, one.document_sha256),
            )
            assert self.promised.setdefault((role.pk, one.pk), now) == now, self.said(role)
        assert {pk for key, pk in self.promised if key == role.pk} == {one.pk for one, _part in given}
        counts = self.counting(role)
        if counts is not None:
            rows = [*counts.needs.all(), *counts.contributions.all()]
            assert not any(row.withdrawn_at for row in rows), self.said(role)
            gifts = [row.pk for row in counts.contributions.all()]
            assert not Match.objects.filter(contribution__in=gifts, state="dropped").exists(), self.said(role)
        binding = [counts, given[-1][1]] if counts else []
        bound = {row.pk for part in binding for row in part.contributions.all()}
        own = role.contributions.filter(withdrawn_at=None)
        entries = contribution_entries(own, with_matches=False, today=self.today)
        shown = {entry.row.pk for entry in entries if entry.committed}
        assert shown == {entry.row.pk for entry in entries} & bound, self.said(role)

    def check_stages(self):
        """After the clock has come by, who is bound is a partner, and who is not is none."""
        for role in self.roles:
            if role.status == "withdrawn":
                continue
            counts = self.counting(role)
            begun = counts and date.fromisoformat(counts.document.words["effective_on"]) <= self.today
            assert (role.organization.stage == Stage.PARTNER) == bool(begun), self.said(role)
        bound = any(self.counting(role) for role in self.roles)
        assert not (bound and self.mou.status == "ended"), self.log[-12:]

    def check_reminded(self):
        """Nobody is reminded of what is over; whose term ends is told in time, by the own last day."""
        reminded = Signature.objects.filter(document__mou=self.mou, reminded_on=self.today, status="asked")
        open_now = {one.pk for role in self.roles if (one := self.waited_for(role))}
        assert {one.pk for one in reminded} <= open_now, self.log[-12:]
        ends = {}
        for role in self.roles:
            counts, given = self.counting(role), self.given(role)
            last = given[-1][1].document.words["ends_on"] if counts else ""
            if last and role.withdrawn_on is None:
                ends.setdefault(last, set()).update(
                    {role.drafter.primary_address, role.lead_contact.primary_address}
                )
        today = Mail.objects.filter(key__startswith="mou_renewal", created_at=self.at)
        for mail in today.exclude(address=self.boss.primary_address):
            assert mail.address in ends.get(mail.key.split(":")[2], set()), (mail.key, self.log[-12:])

    def check_boards(self):
        """The rows of the boards, of a partner's own page and of the term say what the rows say."""
        bound = {role.pk: self.counting(role) for role in self.roles}
        asked = {role.pk: self.waited_for(role) for role in self.roles}
        lines = part_board.part_lines(self.mou, today=self.today)
        assert {line.role.pk: line.bond.binds for line in lines} == {
            pk: one is not None for pk, one in bound.items()
        }
        assert {line.role.pk: line.bond.asked for line in lines} == asked, self.log[-12:]
        signatures = signature_board.signature_lines(self.mou, self.boss, today=self.today)
        assert {line.role.pk for line in signatures if line.waits} == {pk for pk, one in asked.items() if one}
        for line in signatures:
            one = line.signature
            assert one is None or one.document.unlocked_at is None, self.log[-12:]
            counts = bound[line.role.pk]
            if counts is not None:
                assert counts.pk in {row.part_id for row in (line.bound, one) if row}, self.log[-12:]
                said = counts.document.words
                told = (line.bond.term.first.isoformat(), line.bond.notice_days)
                assert told == (said["effective_on"], said["notice_days"])
                last = self.given(line.role)[-1][1].document.words["ends_on"]
                assert (line.bond.last.isoformat() if line.bond.last else "") == last
        for role in self.roles:
            if role.status == "withdrawn":
                continue
            own = own_place.lines_of(role.organization, today=self.today)
            dues = own_place.due_signatures(own, today=self.today)
            assert len(dues) == (asked[role.pk] is not None), self.log[-12:]
        by_document = Counter(one.document.number for one in bound.values() if one)
        told = {one.document.number: len(one.partners) for one in terms.signed_terms(self.mou, on=self.today)}
        assert told == dict(by_document), self.log[-12:]

    def check_pages(self):
        """The pages open, and say of each partner which document it signed and is asked to sign."""
        slug = self.mou.slug
        log_in(self.client, self.boss)
        with time_machine.travel(self.at, tick=False):
            board = words(self.client.get(reverse("mou_board", args=[slug])))
            signatures = words(self.client.get(reverse("mou_signatures", args=[slug])))
            term = words(self.client.get(reverse("mou_term", args=[slug])))
            page = words(self.client.get(reverse("mou", args=[slug])))
            own = {
                role.pk: words(self.client.get(reverse("mine_of", args=[role.organization.slug])))
                for role in self.roles
                if role.status != "withdrawn"
            }
        bound = {role.pk: self.counting(role) for role in self.roles}
        asked = {role.pk: self.waited_for(role) for role in self.roles}
        beside = [
            role.pk
            for role in self.roles
            for row in self.standing_parts(role)[-1:]
            if bound[role.pk] and row.answers and row.answers[-1].status != "signed"
        ]
        by_key = {role.pk: role for role in self.roles}
        named = {
            pk: part
            for pk, part in bound.items()
            if part and (pk in beside or by_key[pk].status != "locked" or part.document.replaced_by_id)
        }
        signed_by = Counter(part.document.number for part in named.values())
        asked_by = Counter(one.document.number for one in asked.values() if one)
        for number in range(1, 1 + self.mou.documents.count()):
            said = (
                board.count(f"Signed no. {number} "),
                board.count(f"Asked to sign document no. {number} "),
            )
            assert said == (signed_by[number], asked_by[number]), (number, self.log[-12:])
            bound_by = {part.document.number for part in bound.values() if part}
            assert (f"No. {slug}/{number}: from" in term) == (number in bound_by), self.log[-12:]
        assert signatures.count("Signed no.") == len(beside), self.log[-12:]
        count = sum(one is not None for one in bound.values())
        told = {0: "", 1: "One is signed."}.get(count, f"{count} are signed.")
        assert told in page, self.log[-12:]
        for key, text in own.items():
            one = asked[key]
            assert ("needs to sign" in text) == (one is not None), self.log[-12:]
            assert ("Signed" in text) or not bound[key], self.log[-12:]

    def said(self, role):
        """Return what a failure shows."""
        rows = Signature.objects.filter(part__role=role).order_by("pk")
        states = [(one.document.number, one.status, one.document.replaced_by_id) for one in rows]
        return (role.pk, role.status, role.withdrawn_on, states, self.log[-15:])
