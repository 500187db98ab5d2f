"""Standards of a state or a profession by their codes, such as HS-PS3-2: facts, with where they are from."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.subject_lists import Subject
from stemnet.code_search import coded, exactly, in_text, stem, word_begins
from stemnet.columns import LineColumn
from stemnet.plain_columns import PlainNames, PlainNamesQuerySet
from stemnet.searched_columns import CodesField


class Framework(models.Model):
    """The document in which standards stand: its name, year and address."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    title = LineColumn(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.URLField(_("address of the document"), max_length=300)

    class Meta:
        verbose_name = _("framework of standards")
        verbose_name_plural = _("frameworks of standards")
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


FORMER = 200  # signs of all former codes


def with_kin(keys: Iterable[int], replaced: dict[int, int]) -> set[int]:
    """Return ``keys`` with those that they replaced, one after the other, and those that replaced them."""
    newer = set(keys)
    older = set(newer)
    while more := {replaced[one] for one in newer if one in replaced} - newer:
        newer |= more
    while more := {one for one, by in replaced.items() if by in older} - older:
        older |= more
    return newer | older


class StandardQuerySet(PlainNamesQuerySet["Standard"]):
    """Questions about standards."""

    def offered(self) -> "StandardQuerySet":
        """Return those that forms offer: not the ones that another replaced."""
        return self.filter(active=True, replaced_by=None)

    def called(self, codes: Iterable[str]) -> "StandardQuerySet":
        """Return those that have or had one of these codes, in any case."""
        condition = models.Q(pk__in=[])
        for code in codes:
            whole = exactly(code)
            condition |= models.Q(searched_code=whole) | models.Q(searched_former__contains=whole)
        return self.filter(condition)

    def with_part(self, piece: str) -> "StandardQuerySet":
        """Return those of whose code, or of a former one, a plain piece is a part (`code_search.pieces`)."""
        now, before = (in_text(piece, words=name) for name in ("searched_code", "searched_former"))
        return self.filter(now | before)

    def replacements(self) -> dict[int, int]:
        """Return by which one each was replaced, by their keys."""
        rows = self.exclude(replaced_by=None).order_by().values_list("pk", "replaced_by")
        return {key: by for key, by in rows if by is not None}

    def newest(self) -> dict[int, int]:
        """Return the newest one that replaced each, by their keys; none where they lead in a circle."""
        replaced = self.replacements()
        ends = {one: with_kin([one], replaced) - replaced.keys() for one in replaced}
        return {one: last.pop() for one, last in ends.items() if last}

    def kin(self) -> "StandardQuerySet":
        """Return these, those that they replaced, and those that replaced them, one after the other."""
        replaced = Standard.objects.replacements()
        if not replaced:
            return self
        return Standard.objects.filter(pk__in=with_kin(self.values_list("pk", flat=True), replaced))

    def tied_by_part(self, piece: str) -> "StandardQuerySet":
        """Return those `with_part` and their `kin`."""
        return self.with_part(piece).kin()

    def tied_by_word(self, piece: str) -> "StandardQuerySet":
        """Return those `with_part`, or with a word of their strand that begins like it, and their `kin`."""
        strand = word_begins(piece, column="strand") | word_begins(stem(piece), column="strand")
        return (self.with_part(piece) | self.filter(strand)).kin()

    def tied_by_code(self, code: str) -> "StandardQuerySet":
        """Return the standard with this code, or else those that had it before, and their `kin`."""
        now = self.filter(searched_code=exactly(code))
        return (now if now.exists() else self.filter(searched_former__contains=exactly(code))).kin()


class Standard(PlainNames):
    """One standard. ``former_codes`` are those that it had before, so that it's still found by them.

    ``strand`` is the core idea that it belongs to, such as "Waves".
    """

    code = LineColumn(_("code"), max_length=40, unique=True)
    text = LineColumn(
        _("what it is about"), max_length=200, help_text=_("A few neutral words, not the standard's own.")
    )
    strand = LineColumn(_("strand"), max_length=60, help_text=_("The core idea, such as Waves."))
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="standards", verbose_name=_("subject")
    )
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="standards", verbose_name=_("framework")
    )
    former_codes = LineColumn(
        _("former codes"),
        max_length=FORMER,
        blank=True,
        help_text=_("Separated by commas. A code that you change is added here."),
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    active = models.BooleanField(_("offered in forms"), default=True)
    searched_code = CodesField("code", max_length=100)
    searched_former = CodesField("former_codes", max_length=500)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        base_manager_name = "objects"
        ordering = ["framework", "position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | ~models.Q(replaced_by=models.F("id")),
                name="standard_not_by_itself",
                violation_error_message=_("A standard can't replace itself."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Keep a code that was changed as a former one, and refuse what would be found by two or by nothing.

        That is a code without a letter or digit, or that differs from another one's by its signs alone; a
        former code that another standard has now; and one that replaces itself, at once or in a circle.
        """
        others = Standard.objects.exclude(pk=self.pk)
        if not any(map(str.isalnum, self.code)):
            raise ValidationError({"code": _("Type a code with letters or digits.")})
        if same := others.filter(searched_code=exactly(self.code)).first():
            raise ValidationError({"code": _("It's in the list already, as %(code)s.") % {"code": same}})
        self._keep_code()
        for former in self.codes[1:]:
            if not any(map(str.isalnum, former)):
                raise ValidationError({"former_codes": _("Type codes with letters or digits.")})
            if other := others.filter(searched_code=exactly(former)).first():
                words = _("%(code)s is another standard now. Take it out here.") % {"code": other}
                raise ValidationError({"former_codes": words})
        if self.pk and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("A standard can't replace itself.")})
        newer = self.successors()
        if self.pk and newer and newer[-1].replaced_by_id == self.pk:
            words = _("%(code)s was itself replaced by this one.") % {"code": newer[0]}
            raise ValidationError({"replaced_by": words})

    def _keep_code(self) -> None:
        """Add the code that it had, where it was changed, to the former ones."""
        before = Standard.objects.filter(pk=self.pk).first()
        codes = [*self.codes[1:], *([before.code] if before else [])]
        kept = {coded(one): one for one in codes if coded(one) != coded(self.code)}
        former = ", ".join(kept.values())
        if len(former) > FORMER:
            words = _("With %(code)s it's too long. Take a code out that nobody looks for anymore.")
            raise ValidationError({"former_codes": words % {"code": before}})
        self.former_codes = former

    def successors(self) -> list["Standard"]:
        """Return those that replaced it one after the other, the newest last."""
        found: list[Standard] = []
        one = self.replaced_by
        while one and one != self and one not in found:
            found.append(one)
            one = one.replaced_by
        return found

    @property
    def codes(self) -> list[str]:
        """Return its code, then those that it had before."""
        former = (one.strip() for one in self.former_codes.split(","))
        return [self.code, *(one for one in former if one)]
