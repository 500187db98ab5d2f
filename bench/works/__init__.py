"""What is measured, one module a kind of work; `ALL` has them by name, in the order in which they run."""

from bench.works.check_in import CheckIns
from bench.works.exports import Exports
from bench.works.inside import Duplicates, Sending, Writing
from bench.works.pages import Desk, Exchange, Lists, PublicPages, SignedIn
from bench.works.registration import FiftySeats, Registering
from bench.works.start import Embedded
from bench.works.what_if import WhatIf
from bench.works.work import Work

WORKS = (
    PublicPages(),
    Registering(),
    FiftySeats(),
    SignedIn(),
    Lists(),
    Desk(),
    Exports(),
    Sending(),
    Writing(),
    Duplicates(),
    Embedded(),
    Exchange(),
    WhatIf(),
    CheckIns(),
)
ALL: dict[str, Work] = {work.name: work for work in WORKS}
QUICK = ("public", "registration", "seats", "signed_in", "lists", "desk")
