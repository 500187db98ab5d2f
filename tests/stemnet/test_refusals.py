"""Every "no" hangs on one tree, has a name of its own, and says its sentence."""

import ast
import importlib
import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from meetings.planning.exceptions import MovingRefused
from partners.merging.exceptions import MergeRefused
from registrations.credit.exceptions import IssuingRefused
from stemnet import jobs
from stemnet.exceptions import Refused
from stemnet.models import JobState
from tests.stemnet.letters import MONDAY
from tests.stemnet.test_rooms import ORDER, sources

ROOT = Path(settings.BASE_DIR)
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for app in ORDER
    for path in sources(app)
    if path.name == "exceptions.py"
)
BRANCH = re.compile(r"^((?:│   |    )*)[├└]── (\w+)")
# What our own code raises and catches, and nobody reads.
INSIDE = {"Lost", "Nonsense", "Refused", "SealedElsewhere", "_Otherwise"}


def refusals(root=Refused):
    """Return ``root`` and every class below it, once all of them are known."""
    for name in MODULES:
        importlib.import_module(name)
    return [root, *(below for child in root.__subclasses__() for below in refusals(child))]


def own_arguments(refusal):
    """Return what a refusal wants to be raised with."""
    wanted = inspect.signature(refusal).parameters.values()
    return [one.name for one in wanted if one.default is inspect.Parameter.empty]


def drawn(words):
    """Return the pairs of parent and child of trees drawn with lines; a root stands alone on its line."""
    pairs, line = set(), {}
    for text in words.splitlines():
        if re.fullmatch(r"\w*Refused", text):
            line = {-1: text}
        elif branch := BRANCH.match(text):
            depth = len(branch[1]) // 4
            line[depth] = branch[2]
            pairs.add((line[depth - 1], branch[2]))
    return pairs


def pairs(classes):
    return {(refusal.__base__.__name__, refusal.__name__) for refusal in classes}


def test_every_refusal_has_a_name_of_its_own():
    assert [name for name, times in Counter(one.__name__ for one in refusals()).items() if times > 1] == []


def test_every_refusal_says_what_it_stands_for():
    assert [one.__name__ for one in refusals() if not (one.__dict__.get("__doc__") or "").strip()] == []


def test_every_refusal_that_is_raised_alone_has_a_sentence():
    alone = [one for one in refusals() if not own_arguments(one)]
    assert alone != []
    assert [one.__name__ for one in alone if not str(one()).strip()] == []


def test_every_other_refusal_is_given_its_sentence_by_name():
    topics = [one for one in refusals() if "sentence" in own_arguments(one)]
    assert {str(one(sentence="Type a reason.")) for one in topics} == {"Type a reason."}
    assert [one.__name__ for one in topics if one.__init__ is not Refused.__init__] == []


@pytest.mark.parametrize("app", ORDER)
def test_every_exception_is_a_refusal(app):
    found = {
        node.name
        for path in sources(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and {getattr(base, "id", "") for base in node.bases} & {"Exception"}
    }
    assert found - INSIDE == set()


@pytest.mark.parametrize("name", MODULES)
def test_each_area_draws_its_own_refusals(name):
    module = importlib.import_module(name)
    mine = [one for one in refusals() if one.__module__ == name and one.__base__ is not Exception]
    roots = {one for one in mine if one.__base__ is Refused} if name != "stemnet.exceptions" else set()
    assert drawn(module.__doc__) == pairs(one for one in mine if one not in roots)


def test_the_documents_draw_the_whole():
    page = (ROOT / "docs" / "errors-and-words.md").read_text()
    tree = page.partition("```text\n")[2].partition("```")[0]
    assert drawn(tree) == pairs(refusals()[1:])


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", [IssuingRefused, MergeRefused, MovingRefused])
def test_a_job_that_an_app_refuses_ends_with_its_sentence(refusal, monkeypatch):
    def refuse(_run):
        raise refusal(sentence="There is nobody to do this for.")

    monkeypatch.setattr(jobs, "_handlers", {"refused": refuse})
    job = jobs.start_job(kind="refused", params={}, by="person", at=MONDAY)
    jobs.run_waiting(at=MONDAY)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "There is nobody to do this for.")
