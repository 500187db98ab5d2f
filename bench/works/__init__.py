"""What is measured, one module a kind of work; `ALL` has them by name, in the order in which they run."""

from bench.works.pages import PublicPages, SignedIn
from bench.works.registration import FiftySeats, Registering
from bench.works.work import Work

ALL: dict[str, Work] = {work.name: work for work in (PublicPages(), Registering(), FiftySeats(), SignedIn())}
