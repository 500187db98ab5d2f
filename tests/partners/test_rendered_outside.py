"""No transaction stays open while the mail of partners is rendered; what is told outlives a crash."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from partners.memorandum.domain import (
    parts,
    sign_requests,
)
from partners.models import MouRole, RoleComment, Signature
from stemnet import jobs, telling
from stemnet.models import Job, JobState, Mail
from stemnet.outbox import queueing
from tests.factories import (
    NOW,
    a_mou,
    a_part,
)
from tests.partners.signing_rows import (
    EFFECTIVE,
    LATER,
    a_circulated_mou,
    an_accepted_part,
    boss,
    link_of,
    locked,
)
from tests.partners.telling_stories import STORIES

pytestmark = pytest.mark.usefixtures("files")
apart = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def rendered(monkeypatch) -> set[tuple[str, bool]]:
    """The kinds of mail that were rendered, each with whether a transaction was open."""
    found: set[tuple[str, bool]] = set()

    def render(template, context, **said):
        found.add((said["kind"], connection.in_atomic_block))
        return really(template, context, **said)

    really = queueing.render
    monkeypatch.setattr(queueing, "render", render)
    return found


@contextmanager
def dying():
    """Let the process die as soon as an act is over: what it wrote down stays, and nobody finishes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "_do_soon", lambda job: None)
        yield


@apart
@pytest.mark.parametrize("story", STORIES)
def test_nothing_is_rendered_in_a_transaction(story, rendered):
    kinds = story()
    assert kinds <= {kind for kind, _held in rendered}
    assert not {kind for kind, held in rendered if held} & kinds
    assert Job.objects.count() == 0


@apart
def test_where_the_process_dies_after_the_act_a_worker_writes_the_mail():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with transaction.atomic():  # which nothing finishes
        parts.comment.__wrapped__(role, text="Name the rooms", by=boss(role.mou), at=NOW)
    assert (Mail.objects.count(), Job.objects.get().kind) == (0, telling.KIND)
    jobs.run_waiting(at=LATER)
    assert "Name the rooms" in Mail.objects.get().text
    assert Job.objects.get().state == JobState.DONE


@apart
def test_where_the_process_dies_after_locking_a_worker_mails_the_link_which_no_job_knows():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    with dying():
        locked(mou)
    signature = Signature.objects.get()
    assert (signature.token_hash, Mail.objects.filter(key__startswith="sign_").count()) == ("", 0)
    for _time in range(2):  # begun again, it sends no second link
        jobs.run_waiting(at=LATER)
        token = link_of(signature)
        assert sign_requests.find(token) == signature
        assert token not in str(Job.objects.values_list("params"))
        Job.objects.update(state=JobState.QUEUED)
    assert Mail.objects.filter(key__startswith="sign_request").count() == 1


@apart
def test_who_is_replaced_before_the_mail_is_written_gets_no_link():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    with dying():
        locked(mou)
    Signature.objects.update(status=Signature.Status.REPLACED)
    jobs.run_waiting(at=LATER)
    assert not Mail.objects.filter(key__startswith="sign_").exists()
    assert Signature.objects.get().token_hash == ""


@pytest.mark.django_db
def test_what_was_taken_back_is_told_to_nobody():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with pytest.raises(ZeroDivisionError), jobs.finishing(), transaction.atomic():
        parts.comment(role, text="Name the rooms", by=boss(role.mou), at=NOW)
        raise ZeroDivisionError
    assert (Mail.objects.count(), Job.objects.count(), RoleComment.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_of_a_row_that_is_gone_nobody_is_told():
    role = a_part(a_mou())
    Mail.objects.all().delete()
    with jobs.finishing(), transaction.atomic():
        parts.comment(role, text="Name the rooms", by=boss(role.mou), at=NOW)
        RoleComment.objects.all().delete()
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_job_keeps_rows_moments_and_words_and_nothing_else():
    role = a_part(a_mou())
    said = [role, NOW, EFFECTIVE, "a", 1, None, True, [role, role], []]
    assert [telling.read(telling.kept(one)) for one in said] == said
    assert telling.read(telling.kept([role, MouRole(pk=0)])) == [role]
    with pytest.raises(TypeError):
        telling.kept(object())
