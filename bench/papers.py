"""What sealing, batches, bundles and exports of many networks cost, side by side in one run.

    python -m bench.papers [DOCUMENTS] [PEOPLE]

DOCUMENTS (1,000) are issued by a job, beside a batch of 36 as `bench.statements` issues it and beside as many
that are sealed; each is typeset and sealed once more, in turn; and they are packed into a bundle.
Ten networks of PEOPLE (200) are exported one after the other, and by one export over all ten.
The database is in memory. Milliseconds are work of the processor; memory is what a process of its own takes
more than before, at most, in MB.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bench import machine

NETWORKS = 10
LINE = "{:<58}{:>10.2f} {}"


def tell(words: str, number: float, unit: str) -> None:
    """Write one line of what was measured."""
    sys.stdout.write(LINE.format(words, number, unit) + "\n")
    sys.stdout.flush()


def work(act: Callable[[], object]) -> float:
    """Return the milliseconds of work that ``act`` takes."""
    begun = process_time()
    act()
    return (process_time() - begun) * 1000


def here(act: Callable[[], object]) -> tuple[float, float]:
    """Do ``act``, and return its milliseconds of work and the most MB that the process took more."""
    pid = os.getpid()
    machine.forget_peaks([pid])
    held = machine.peak(pid)
    took = work(act)
    return took, machine.peak(pid) - held


def apart(act: Callable[[], object]) -> tuple[float, float]:
    """Do ``act`` in a process of its own, and return the same.

    Raises RuntimeError where it fails. Not for what typesets: its threads are in no copy of a process.
    """
    reading, writing = os.pipe()
    if not os.fork():
        try:
            os.write(writing, " ".join(map(str, here(act))).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.wait()
    with os.fdopen(reading) as said:
        found = [float(one) for one in said.read().split()]
    if len(found) != 2:
        raise RuntimeError("It failed.")
    return found[0], found[1]


def a_crowd(people: int, **fields: Any) -> Any:
    """Return a network of so many people who are ready for both documents."""
    from tests.registrations.credit.stories import a_participant, an_awarding_network

    network = an_awarding_network(**fields)
    for _number in range(people):
        a_participant(network)
    return network


def a_job(kind: str, **params: Any) -> Callable[[], object]:
    """Return what runs a job of ``kind``."""
    from stemnet import jobs
    from tests.factories import a_staff_member
    from tests.registrations.credit.stories import JUNE

    given = {"at": JUNE.isoformat(), "language": "en", **params}
    job = jobs.start_job(kind=kind, params=given, by=str(a_staff_member().uid), at=JUNE)
    claimed = jobs.claim_job(job.pk, at=JUNE)
    if claimed is None:
        raise RuntimeError("The job is taken already.")
    return lambda: jobs.run(claimed, clock=lambda: JUNE)


def batches(documents: int) -> tuple[Any, float]:
    """Write the rate of a small and a large batch; return the network of the large one and its rate."""
    small, large = a_crowd(18), a_crowd(documents // 2)
    a_job("registrations.issue", slug=a_crowd(2).slug)()  # its turn fills what a process remembers
    few = work(a_job("registrations.issue", slug=small.slug)) / 36
    tell("one of a batch of 36 documents", few, "ms")
    many = work(a_job("registrations.issue", slug=large.slug)) / documents
    tell(f"one of a batch of {documents:,} documents", many, "ms")
    tell("large batch beside the small one", many / few, "times")
    return large, many


def sealing(documents: int, network: Any, plain: float) -> None:
    """Write what seals add to an issue of so many documents, and to typesetting each document of ``network``.

    ``plain`` is what a document of an issue without seals takes, in milliseconds.
    """
    from registrations.credit.documents import render_document
    from registrations.models import Document
    from stemnet import pdf_seal
    from tests.registrations.credit.stories import JUNE

    a_job("registrations.issue", slug=a_crowd(2).slug)()  # its turn reads the library that seals
    large = a_crowd(documents // 2)
    many = work(a_job("registrations.issue", slug=large.slug)) / documents
    tell(f"one of a batch of {documents:,} sealed documents", many, "ms")
    own, seal = [], []
    for one in Document.objects.filter(network=network):
        made: list[bytes] = []
        own.append(work(lambda one=one, made=made: made.append(render_document(one.snapshot))))
        seal.append(work(lambda made=made: pdf_seal.seal(made[0], at=JUNE)))
    tell(f"typesetting one document, over all {len(own):,}", sum(own) / len(own), "ms")
    tell("its seal, over all", sum(seal) / len(own), "ms")
    tell("the seal beside typesetting, the mean, at most 0.5", sum(seal) / sum(own), "times")
    tell("the seal beside typesetting, the median", median(seal) / median(own), "times")
    tell("what seals add to the issue, at most 0.5", (many - plain) / plain, "times")


@contextmanager
def a_seal(folder: Path) -> Iterator[None]:
    """Let documents be sealed meanwhile."""
    from django.conf import settings

    from tests.seal_keys import PASSWORD, a_seal_file

    settings.SEAL_FILE = a_seal_file(folder, begins=datetime(2020, 1, 1, tzinfo=UTC))
    settings.SEAL_PASSWORD = PASSWORD
    yield
    settings.SEAL_FILE = ""


def bundles(network: Any) -> None:
    """Write what bundles of all documents of a network cost."""
    for form, words in (("zip", "a bundle as ZIP"), ("print", "a bundle as one PDF to print")):
        took, more = here(a_job("registrations.bundle", slug=network.slug, form=form))
        tell(words, took / 1000, "s")
        tell(f"{words}: memory", more, "MB")


def exports(people: int) -> None:
    """Write what ten exports cost beside one over ten networks, as CSV and as a workbook."""
    from registrations.exporting.domain.making import make_file
    from tests.factories import a_coordinator
    from tests.registrations.credit.stories import JUNE
    from tests.registrations.exporting.stories import an_export

    networks = [a_crowd(people, title=f"Network {number:02}") for number in range(NETWORKS)]
    reader = a_coordinator()
    for form in ("csv", "xlsx"):
        plan = {"file_form": form}
        single = [an_export(reader, reach="chosen", networks=[one], **plan) for one in networks]
        every = an_export(reader, reach="chosen", networks=networks, **plan)

        def made(export: Any) -> None:
            with make_file(export, reader, at=JUNE):
                pass

        made(single[0])
        one = [apart(lambda export=export: made(export)) for export in single]
        together = apart(lambda export=every: made(export))
        ten = sum(took for took, _more in one)
        tell(f"ten exports, {form}", ten, "ms")
        tell(f"one export over ten networks, {form}", together[0], "ms")
        tell("it beside ten, at most 1", together[0] / ten, "times")
        tell("memory of one", max(more for _took, more in one), "MB")
        tell("memory over ten", together[1], "MB")


def main(documents: str = "1000", people: str = "200") -> None:
    """Make a database in memory and files in a folder that goes again, and measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DEBUG", "1")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        settings.STORAGES["default"]["OPTIONS"]["location"] = folder
        exports(int(people))
        network, plain = batches(int(documents))
        with a_seal(Path(folder)):
            sealing(int(documents), network, plain)
        bundles(network)


if __name__ == "__main__":
    main(*sys.argv[1:])
