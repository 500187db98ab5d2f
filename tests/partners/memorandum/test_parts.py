"""One partner's part: saving, two at once, submitting, and what is refused."""

from datetime import date, timedelta

import pytest

from partners.exchange.exceptions import ExchangeRefused
from partners.memorandum.domain import part_contacts, part_rows, parts
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import MouRole, RoleEdit, Stage
from stemnet.models import Mail
from tests.factories import NOW, a_category, a_coordinator, a_mou, a_part, a_person, an_organization

pytestmark = pytest.mark.django_db
SIGNATORY = {
    "signatory_name": "Superintendent",
    "signatory_title": "Superintendent of schools",
    "signatory_email": "super@example.org",
}


def save(role, *, seen=None, at=NOW, by=None, **words):
    by = by or role.drafter
    return parts.save_part(role, words=words, seen=role.revision if seen is None else seen, by=by, at=at)


def submitted(**fields):
    role = save(a_part(**fields), does="We teach.", **SIGNATORY)
    return parts.submit_part(role, by=role.drafter, at=NOW)


def steps(role):
    return [(change.from_status, change.to_status) for change in role.changes.all()]


def test_the_first_save_begins_the_draft():
    role = save(a_part(), does="We teach.")
    assert (role.does, role.revision, role.status, role.saved_by) == ("We teach.", 2, "draft", role.drafter)
    assert steps(role) == [("not_started", "draft")]


def test_the_same_words_again_change_nothing():
    role = save(a_part(), does="We teach.")
    assert save(role, seen=1, does="We teach.").revision == 2


def test_whoever_saves_from_an_older_revision_is_told_and_loses_nothing():
    role = a_part()
    save(role, does="Theirs", by=a_person(first_name="Ada"))
    with pytest.raises(ChangedMeanwhile, match="Someone else changed this") as caught:
        save(role, seen=1, does="Mine")
    role.refresh_from_db()
    assert (caught.value.who.split()[0], role.does) == ("Ada", "Theirs")


def test_too_long_a_text_is_refused():
    with pytest.raises(MouRefused, match=r"60001 characters\. The limit is 60000"):
        save(a_part(), does="x" * 60_001)


def test_every_save_is_kept_and_old_bursts_are_thinned():
    role = a_part()
    for minute in range(4):
        role = save(role, does=f"v{minute}", at=NOW + timedelta(minutes=minute))
    assert [edit.words["does"] for edit in role.edits.all()] == ["v0", "v1", "v2", "v3"]
    other = a_person()
    save(role, does="v4", by=other, at=NOW + timedelta(minutes=40))
    assert [edit.words["does"] for edit in RoleEdit.objects.all()] == ["v3", "v4"]
    assert parts.words_at(role, 5)["does"] == "v3"
    assert parts.words_at(role, 1)["does"] == ""
    assert parts.words_at(role, 2) is None


@pytest.mark.parametrize("missing", SIGNATORY)
def test_a_part_is_not_submitted_without_its_signatory(missing):
    role = save(a_part(), does="We teach.", **{**SIGNATORY, missing: ""})
    with pytest.raises(
        MouRefused, match="Give the signatory's name, title and e-mail address before you submit"
    ):
        parts.submit_part(role, by=role.drafter, at=NOW)


def test_an_empty_part_is_not_submitted():
    role = save(a_part(), **SIGNATORY)
    with pytest.raises(MouRefused, match="Say what you do"):
        parts.submit_part(role, by=role.drafter, at=NOW)


def test_the_drafter_cannot_be_the_signatory():
    drafter = a_person(address="drafter@example.org")
    role = save(a_part(drafter=drafter), does="x", **{**SIGNATORY, "signatory_email": "Drafter@Example.org"})
    with pytest.raises(MouRefused, match="can't sign"):
        parts.submit_part(role, by=drafter, at=NOW)


def test_submitting_tells_the_coordinators_once():
    role = submitted()
    parts.submit_part(role, by=role.drafter, at=NOW + timedelta(hours=1))
    assert (role.status, role.submitted_at) == ("submitted", NOW)
    mails = Mail.objects.filter(key__startswith="part_submitted")
    assert [mail.address for mail in mails] == [role.mou.texts.get().by.primary_address]


def test_a_submitted_part_cannot_be_changed_until_it_is_returned():
    role = submitted()
    with pytest.raises(MouRefused, match="if the coordinator returns it"):
        save(role, does="More")
    role = parts.give_back(role, comment="Name your goals", by=a_coordinator(), at=NOW)
    assert save(role, does="More").status == MouRole.Status.RETURNED
    assert [comment.text for comment in role.comments.all()] == ["Name your goals"]
    assert steps(role)[-2:] == [("draft", "submitted"), ("submitted", "returned")]
    mail = Mail.objects.get(key__startswith="part_returned")
    assert (mail.address, "Name your goals" in mail.text) == (role.drafter.primary_address, True)


def test_returning_needs_a_comment_and_a_submitted_part():
    with pytest.raises(MouRefused, match="should change"):
        parts.give_back(submitted(), comment=" ", by=a_coordinator(), at=NOW)
    with pytest.raises(MouRefused, match="submitted can be returned"):
        parts.give_back(a_part(), comment="x", by=a_coordinator(), at=NOW)


def test_accepting_binds_to_what_was_read():
    role = submitted()
    read = role.revision
    role = parts.give_back(role, comment="x", by=a_coordinator(), at=NOW)
    role = parts.submit_part(save(role, does="Else"), by=role.drafter, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        parts.accept_part(role, seen=read, by=a_coordinator(), at=NOW)
    role = parts.accept_part(role, seen=role.revision, by=a_coordinator(), at=NOW)
    assert parts.accept_part(role, seen=0, by=a_coordinator(), at=NOW).status == "accepted"
    assert Mail.objects.filter(key__startswith="part_accepted").count() == 1


def test_a_part_that_was_not_submitted_is_not_accepted():
    with pytest.raises(MouRefused, match="submitted can be accepted"):
        parts.accept_part(a_part(), seen=1, by=a_coordinator(), at=NOW)


def test_a_part_begins_from_a_model_and_names_it():
    model = save(a_part(), does="A district…", needs_text="Mentors")
    role = a_part(model.mou)
    with pytest.raises(MouRefused, match="offered as a model"):
        parts.begin_from(role, model=model, seen=1, by=role.drafter, at=NOW)
    MouRole.objects.filter(pk=model.pk).update(model_title="school district, as in Salem-Keizer")
    model.refresh_from_db()
    role = parts.begin_from(role, model=model, seen=1, by=role.drafter, at=NOW)
    assert (role.does, role.needs_text, role.copied_from) == ("A district…", "Mentors", model)
    assert (role.status, model.does) == ("draft", "A district…")
    with pytest.raises(MouRefused, match="start from a model only if"):
        parts.begin_from(role, model=model, seen=2, by=role.drafter, at=NOW)


def test_asking_writes_to_both_and_moves_the_organization_on():
    organization = an_organization(stage=Stage.INTERESTED)
    lead = a_person(address="lead@example.org")
    role = a_part(a_mou(parts_due_on=date(2020, 10, 15)), organization=organization, lead_contact=lead)
    organization.refresh_from_db()
    assert (organization.stage, organization.stage_changes.get().to_status) == ("drafting", "drafting")
    mails = Mail.objects.filter(key__startswith="part_asked")
    assert {mail.address for mail in mails} == {"lead@example.org", role.drafter.primary_address}
    assert all(role.get_absolute_url() in mail.text and "Oct 15, 2020" in mail.text for mail in mails)


def test_an_organization_has_one_part_in_a_memorandum():
    role = a_part()
    with pytest.raises(MouRefused, match="already has a part"):
        a_part(role.mou, organization=role.organization)


def test_a_partner_stays_a_partner_while_it_writes():
    assert a_part().organization.stage == Stage.PARTNER


def test_a_new_contact_is_written_to_and_the_old_one_is_not():
    role = a_part()
    Mail.objects.all().delete()
    new = a_person(address="new@example.org")
    part_contacts.change_part_contacts(
        role, drafter=new, lead_contact=role.lead_contact, due_on=None, model_title="", by=new, at=NOW
    )
    assert [mail.address for mail in Mail.objects.all()] == ["new@example.org"]
    assert list(MouRole.objects.visible_to(new)) == [role]


def test_person_at_finds_whoever_holds_the_address():
    known = a_person(address="known@example.org")
    assert part_contacts.person_at("Known@example.org", first_name="x", last_name="y") == known
    new = part_contacts.person_at("new@example.org", first_name="District", last_name="Lead")
    assert (str(new), new.emails.get().verified_at) == ("District Lead", None)


def test_needs_and_contributions_of_a_part_are_committed():
    role = a_part()
    category = a_category()
    need = part_rows.add_need(role, category=category, detail="Two mentors", at=NOW)
    gift = part_rows.add_contribution(role, category=category, at=NOW)
    assert (need.role, need.organization, gift.role) == (role, role.organization, role)
    part_rows.take_out(role, need, by=role.drafter, at=NOW)
    need.refresh_from_db()
    assert need.withdrawn_at == NOW


def test_rows_of_a_submitted_part_stay():
    role = submitted()
    with pytest.raises(MouRefused):
        part_rows.add_need(role, category=a_category(), at=NOW)


def test_rows_of_an_organization_that_left_are_refused():
    role = a_part()
    type(role.organization).objects.filter(pk=role.organization_id).update(stage=Stage.FORMER)
    with pytest.raises(ExchangeRefused):
        part_rows.add_need(role, category=a_category(), at=NOW)


def test_a_comment_is_mailed_to_everyone_who_works_on_the_part_but_its_author():
    boss = a_coordinator()
    role = a_part(a_mou(by=boss), lead_contact=a_person(address="lead@example.org"))
    Mail.objects.all().delete()
    parts.comment(role, text="Which rooms?", by=role.drafter, at=NOW)
    parts.comment(role, text="The lab", by=boss, at=NOW)
    told = {
        (mail.address, "Which rooms?" in mail.text, "The lab" in mail.text) for mail in Mail.objects.all()
    }
    assert told == {
        ("lead@example.org", True, False),
        (boss.primary_address, True, False),
        ("lead@example.org", False, True),
        (role.drafter.primary_address, False, True),
    }
