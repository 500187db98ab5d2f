"""Mail that an act tells people by, written once the act's transaction is over: no row is held meanwhile.

The act says which function writes it and of which rows; that is a job of the act's own transaction, done as
soon as the act is over, or by a worker where the process died in between (`jobs.finishing`).
"""

from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from typing import Any, ParamSpec

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet

from stemnet import jobs
from stemnet.jobs import Run

KIND = "stemnet.tell"
P = ParamSpec("P")
Letter = Callable[P, None]
_letters: dict[str, Callable[..., None]] = {}


def afterwards(letter: Letter[P]) -> Letter[P]:
    """Let `tell` call this function; called again with the same, it tells nobody twice."""
    _letters[name_of(letter)] = letter
    return letter


def tell(letter: Letter[P], *rows: P.args, **said: P.kwargs) -> None:
    """Let ``letter`` be called with these rows and words once the caller's transaction is over.

    ``said`` has the moment, ``at``. Rows are read anew then; no secret may be among the words, which are kept
    in a row until then. The act stands under `jobs.finishing`.
    """
    at = said["at"]
    if not isinstance(at, datetime):
        raise TypeError(at)
    params = {
        "letter": name_of(letter),
        "rows": [kept(value) for value in rows],
        "said": {name: kept(value) for name, value in said.items()},
    }
    jobs.start_job(kind=KIND, params=params, by="", at=at, soon=True)


def run_telling(run: Run) -> None:
    """Do the job; safe to be run again. Where a row is there no longer, nobody is told."""
    name = run.params["letter"]
    import_module(name.partition(":")[0])
    try:
        rows = [read(value) for value in run.params["rows"]]
        said = {key: read(value) for key, value in run.params["said"].items()}
    except ObjectDoesNotExist:
        return
    _letters[name](*rows, **said)


def name_of(letter: Callable[..., None]) -> str:
    """Return the name by which a job finds a function."""
    return f"{letter.__module__}:{letter.__qualname__}"


def kept(value: object) -> Any:
    """Return how a row or a word is kept in a job. Raises TypeError for what can't be."""
    if isinstance(value, Model):
        return {"row": [value._meta.label, value.pk]}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple | set | QuerySet):
        return [kept(one) for one in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(value)


def read(value: Any) -> Any:
    """Return what `kept` was given; of a list, the rows that are there still. Raises ObjectDoesNotExist."""
    if isinstance(value, list):
        return _read_list(value)
    if not isinstance(value, dict):
        return value
    ((form, said),) = value.items()
    if form == "moment":
        return datetime.fromisoformat(said)
    if form == "day":
        return date.fromisoformat(said)
    return apps.get_model(said[0])._base_manager.get(pk=said[1])


def _read_list(values: list[Any]) -> list[Any]:
    """Read a list; its rows, which are of one table, at once."""
    keys = [value["row"][1] for value in values if isinstance(value, dict) and "row" in value]
    if not keys:
        return [read(value) for value in values]
    found = apps.get_model(values[0]["row"][0])._base_manager.in_bulk(keys)
    return [found[key] for key in keys if key in found]
