"""One small portal with every role in it, for the table of who reaches what."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from model_bakery import baker

from meetings.gathering.domain import action_items, homework, materials, minutes, uploads
from meetings.gathering.domain.belonging import Source
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.groups.domain import teams
from meetings.library.domain import resources, trials
from meetings.models import (
    ActionItem,
    AgendaItem,
    Appointment,
    Deliverable,
    GroupRequest,
    Material,
    Meeting,
    Network,
    Resource,
    ResourceReport,
    Trial,
    Upload,
    WorkingGroup,
)
from partners.exchange.domain import exchange
from partners.memorandum.domain import mou_texts, parts, proposals
from partners.merging.domain import claims
from partners.models import (
    AccountClaim,
    Category,
    Invitation,
    Match,
    MouRole,
    NewsPost,
    Organization,
    Person,
    Proposal,
    Signature,
    TableImport,
    local_day,
)
from registrations.asking.domain import building, caterers
from registrations.asking.domain.plans import QuestionPlan
from registrations.attendance.domain import attendance, kiosks
from registrations.credit.domain import issuing
from registrations.evaluation.domain import evaluating, pulses
from registrations.messages.domain import writing
from registrations.models import (
    Answer,
    AttendanceReport,
    Block,
    Card,
    CatererLink,
    Comment,
    Document,
    DocumentDesign,
    ExportDelivery,
    GroupMembership,
    Hold,
    Kiosk,
    Letter,
    Message,
    Outcome,
    Party,
    Question,
    Registration,
    Report,
    ReportFile,
    Reservation,
    SavedExport,
    SavedText,
    Seal,
    SeatInvitation,
    Transcript,
    TranscriptLink,
)
from registrations.models import (
    Proposal as Topic,
)
from registrations.together.domain import comments, topics
from registrations.transcripts.domain import issuing as transcript_issuing
from registrations.transcripts.domain import links
from stemnet.models import Job
from stemnet.private_links import hash_token
from tests import factories, seal_keys
from tests.factories import SWEEP
from tests.meetings.gathering import contents
from tests.partners import signing_rows, tables
from tests.registrations.attendance.report_story import zoom

ROLES = ["anonymous", "stranger", "educator", "lead", "partner", "staff_b", "staff_a", "staff", "coordinator"]


@dataclass
class World:
    """The people by role, and the objects that addresses are asked for."""

    people: dict[str, Person | None] = field(default_factory=dict)
    this: Network = None
    past: Network = None
    meeting: Meeting = None
    group_meeting: Meeting = None
    report: AttendanceReport = None
    deliverable: Deliverable = None
    asked: GroupRequest = None
    agenda_item: AgendaItem = None
    registration: Registration = None
    hold: Hold = None
    document: Document = None
    job: Job = None
    seat_invitation: SeatInvitation = None
    party: Party = None
    seat_token: str = ""
    organization: Organization = None
    invitation: Invitation = None
    part: MouRole = None
    proposal: Proposal = None
    signature: Signature = None
    sign_token: str = ""
    team: WorkingGroup = None
    team_meeting: Meeting = None
    news: NewsPost = None
    match: Match = None
    table: TableImport = None
    material: Material = None
    upload: Upload = None
    message: Message = None
    item: ActionItem = None
    homework: ActionItem = None
    question: Question = None
    answer: Answer = None
    caterer_link: CatererLink = None
    caterer_token: str = ""
    transcript: Transcript = None
    transcript_link: TranscriptLink = None
    transcript_token: str = ""
    kiosk: Kiosk = None
    kiosk_token: str = ""
    claim: AccountClaim = None
    export: SavedExport = None
    delivery: ExportDelivery = None
    card: Card = None
    letter: Letter = None
    reported: Report = None
    topic: Topic = None
    comment: Comment = None
    resource: Resource = None
    trial: Trial = None
    resource_report: ResourceReport = None


def a_world() -> World:
    """Networks "this" and a past one with educator, group and lead; "other" with a stranger and staff."""
    at = timezone.now()
    factories.a_partnership(postal_address="285 Old Westport Road, Dartmouth, MA 02747")
    people = {role: factories.a_user(first_name="Role", last_name=role).person for role in ROLES[1:7]}
    people |= {"staff": factories.a_staff_member(), "coordinator": factories.a_coordinator()}
    world = World(people={"anonymous": None, **people})
    world.organization = factories.an_organization()
    world.invitation = factories.an_invitation(at=at)
    factories.a_position(people["partner"], organization=world.organization)
    set_up_this(world, at=at)
    set_up_left_behind(world, at=at)
    set_up_past(world)
    set_up_transcript(world, at=at)
    set_up_questions(world, at=at)
    world.message = writing.begin_message(
        network=world.this, audience="seated", choice={}, uid=uuid4(), by=people["staff_a"], at=at
    )
    world.export = SavedExport.objects.create(
        title="Credit", owner=people["staff_a"], columns=[["last_name", ""], ["hours", ""]], saved_at=at
    )
    world.delivery = ExportDelivery.objects.create(
        export=world.export, person=people["staff_a"], due_at=at, until=at + timedelta(days=7)
    )
    SavedText.objects.create(network=world.this, name="This", subject="S", text="T", saved_at=at)
    world.news = factories.a_news_post(people["coordinator"])
    world.team = factories.a_group(None, kind="leadership_team")
    teams.join_team(world.team, person=people["educator"], on=at.date())
    day = timezone.localdate() - timedelta(days=2)
    world.team_meeting = factories.a_meeting(working_group=world.team, on=day)
    other = factories.a_network(slug="other-2026-27", school_year="2026-27", meetings=0)
    factories.a_meeting(other, on=timezone.localdate() + timedelta(days=30))
    register(other, people["stranger"], at=at)
    Appointment.objects.create(network=other, person=people["staff_b"])
    for network in (world.this, world.past):
        Appointment.objects.create(network=network, person=people["staff_a"])
    set_up_mou(world, at=at)
    set_up_signing(world, at=at)
    set_up_exchange(world, at=at)
    world.table = tables.looked_at("name,sector\nSea Lab,school\n", by=people["coordinator"])
    set_up_materials(world, at=at)
    set_up_library(world, at=at)
    set_up_report(world, at=at)
    world.claim = claims.ask(people["stranger"], address="old@example.org", words="I taught there.", at=at)
    set_up_reserved_seats(world, at=at)
    set_up_together(world, at=at)
    world.job = Job.objects.create(kind="export", actor=str(people["staff_a"].uid), created_at=at)
    return world


def set_up_materials(world: World, *, at: datetime) -> None:
    """Slides for those who are registered, and a file on its way."""
    staff = world.people["staff_a"]
    shown = Shown(kind="slides", seen_by="registered", seen_from="now")
    given = {"title": "Slides", "shown": shown, "by": staff, "at": at}
    with gathered([], [SimpleUploadedFile("slides.pdf", contents.PDF)]) as files:
        (world.material,) = materials.add_files(world.meeting, files, **given)
    world.upload = uploads.begin(staff, name="film.mp4", size=9, sha256="0" * 64, at=at)


def set_up_library(world: World, *, at: datetime) -> None:
    """A public file of the partner's, tried by an educator, of whom something was reported."""
    by = world.people["partner"]
    written = resources.Written(columns={"title": "Waves", "summary": "A task about waves."})
    with gathered([], [SimpleUploadedFile("waves.pdf", contents.PDF)]) as files:
        world.resource = resources.save_resource(None, written, file=files[0], by=by, at=at)
    resources.move(world.resource, to="public", by=world.people["staff"], at=at)
    told = {"on": local_day(at), "band": "", "text": "It worked."}
    given = {"by": world.people["educator"], "at": at}
    world.trial = trials.add_trial(world.resource, organization=world.organization, **told, **given)
    world.resource_report = trials.report(world.resource, what="other", words="", **given)


def set_up_reserved_seats(world: World, *, at: datetime) -> None:
    """Two seats of "this" reserved for the partner, one with a name that hasn't answered."""
    kept = Reservation(network=world.this, organization=world.organization, seats=2, made_at=at, by_name="S")
    kept.save()
    party = Party.objects.create(
        network=world.this, kind="reserved", organization=world.organization, made_at=at, by_name="Sea Lab"
    )
    world.party = Party.objects.create(
        network=world.this, kind="team", by=world.people["partner"], by_name="Sea Lab", made_at=at
    )
    world.seat_token = "a" * 43
    world.seat_invitation = SeatInvitation.objects.create(
        network=world.this,
        party=party,
        reservation=kept,
        address="named@example.org",
        token_hash=hash_token(world.seat_token),
        keeps_seat=True,
        made_at=at,
        until=at + timedelta(days=14),
    )


def set_up_together(world: World, *, at: datetime) -> None:
    """The card of somebody in "this", who wrote to the educator; the card is reported."""
    other = register(world.this, factories.a_person(), at=at)
    world.card = Card.objects.create(registration=other, ask_about="STEM nights", shown_at=at)
    educator = world.people["educator"]
    between = {"sender": other.person, "receiver": educator, "network": world.this}
    world.letter = Letter.objects.create(text="How do you do it?", sent_at=at, **between)
    Block.objects.create(blocker=educator, blocked=world.people["partner"], at=at)
    reported = {"card": world.card, "reporter": world.people["partner"], "reason": "An advertisement"}
    topics.set_up(world.this, votes_each=3, closes_at=None, by=SWEEP, at=at)
    asked = topics.Asked(uid=uuid4(), title="Phenomena for grade 5")
    world.topic = topics.propose(other, asked, at=at)
    world.comment = comments.say(world.topic, "Yes, please", uid=uuid4(), by=educator, at=at)
    world.reported = Report.objects.create(network=world.this, at=at, **reported)


def set_up_report(world: World, *, at: datetime) -> None:
    """A report of a meeting tool that nobody has imported, in which somebody is to be decided."""
    meeting = world.group_meeting
    content = zoom(("Somebody Else", "", "09:00", "12:00"), day=f"{meeting.on:%m/%d/%Y}")
    world.report = AttendanceReport.objects.create(
        meeting=meeting, zone=meeting.zone, by_name="staff", uploaded_at=at
    )
    file = ReportFile(report=world.report, name="zoom.csv", size=len(content), sha256="0" * 64)
    file.file.save("", ContentFile(content))


def set_up_exchange(world: World, *, at: datetime) -> None:
    """The partner needs something that another one offers."""
    category = Category.objects.first()
    need = exchange.write_need(organization=world.organization, category=category, at=at)
    gift = exchange.write_contribution(organization=factories.an_organization(), category=category, at=at)
    world.match = exchange.propose_match(need=need, contribution=gift, by=SWEEP, at=at)


def set_up_this(world: World, *, at: datetime) -> None:
    """A network whose meetings are ahead, with a group, its lead, a member and a hold."""
    soon = timezone.localdate() + timedelta(days=30)
    world.this = factories.a_network(slug="this-2026-27", school_year="2026-27", meetings=0)
    world.meeting = factories.a_meeting(world.this, on=soon, join_url="https://meet.example.org/this")
    group = factories.a_group(world.this, lead=world.people["lead"], is_public=True)
    world.group_meeting = factories.a_meeting(world.this, on=soon, working_group=group, title="Group")
    world.agenda_item = factories.an_agenda_item(world.group_meeting)
    world.registration = register(world.this, world.people["educator"], at=at)
    GroupMembership.objects.create(registration=world.registration, working_group=group, joined_at=at)
    world.kiosk_token = kiosks.open_kiosk(
        meeting=world.group_meeting, uid=uuid4(), by=world.people["lead"], at=at
    )
    world.kiosk = Kiosk.objects.get()
    world.deliverable = group.deliverables.create(title="A review sheet")
    world.asked = group.requests.create(person=world.people["partner"], asked_at=at)
    world.hold = baker.make(
        Hold,
        network=world.this,
        address="new@example.org",
        code_hash="x",
        expires_at=at + timedelta(hours=1),
        created_at=at,
        sent_at=at,
        used_at=None,
        answers={},
    )


def set_up_left_behind(world: World, *, at: datetime) -> None:
    """Minutes of the meeting ahead, an action item of the educator, and homework for the partner."""
    staff, source = world.people["staff_a"], Source.of(world.meeting)
    words = {"text": "We began.", "decisions": "We meet again."}
    minutes.save_minutes(world.meeting, words=words, seen=0, by=staff, at=at)
    given = {"due_on": world.meeting.on, "by": staff, "at": at}
    world.item = action_items.give(source, text="Try it", owner=world.people["educator"], **given)
    world.homework = homework.give_homework(
        source, text="What do you use?", details="", owners=[world.organization], **given
    )


def set_up_past(world: World) -> None:
    """A network that is over: the educator came, the evaluation is asked, a document is issued."""
    world.past = factories.a_network(slug="past-2020-21")
    registration = register(world.past, world.people["educator"], at=factories.NOW)
    meeting = world.past.meetings.own().get()
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )
    evaluating.open_evaluation(world.past, by=SWEEP, at=meeting.ends_at)
    evaluating.waive(registration=registration, reason="for the test", by=SWEEP, at=meeting.ends_at)
    world.past_meeting = meeting
    before = meeting.ends_at - timedelta(hours=1)
    questionnaire = pulses.ask_after_meetings(world.past, asks=True, days=7, by=SWEEP, at=before)
    pulses.open_pulse(questionnaire, meeting, at=meeting.ends_at)
    pulses.ask_who_was_there(at=meeting.ends_at)
    world.outcome = Outcome.objects.create(
        network=world.past, said="More time", done="Three hours", written_at=factories.NOW, by_name="Staff"
    )
    world.document = issuing.issue(
        registration=registration, kind=Document.Kind.ATTENDANCE, by=SWEEP, at=meeting.ends_at
    )
    DocumentDesign.objects.create(network=world.past, version=1, by_name="S", made_at=meeting.ends_at)
    facts = {
        "name": "The seal of before",
        "pem": seal_keys.a_certificate(
            seal_keys.an_rsa_key(), begins=meeting.ends_at, ends=meeting.ends_at + timedelta(days=3650)
        )
        .public_bytes(Encoding.PEM)
        .decode(),
        "first_used_at": meeting.ends_at,
    }
    world.document.seal = Seal.objects.create(fingerprint="5" * 64, **facts)
    world.document.save(update_fields=["seal"])


def set_up_transcript(world: World, *, at: datetime) -> None:
    """A transcript of the educator, and a link to it."""
    world.transcript = transcript_issuing.issue(world.people["educator"], at=at)
    last_day = (at + timedelta(days=30)).date()
    world.transcript_token = links.make_link(
        world.transcript, name="License office", last_day=last_day, uid=uuid4(), at=at
    )
    world.transcript_link = TranscriptLink.objects.get()


def set_up_questions(world: World, *, at: datetime) -> None:
    """A question that staff read, which the educator answered with a file; a link for a caterer."""
    plan = QuestionPlan(label="A picture for the badge", kind="file", staff_read=True)
    world.question = building.add_question(world.past, plan, by=SWEEP, at=at)
    registration = world.past.registrations.get()
    world.answer = Answer(registration=registration, question=world.question, value="me.pdf", given_at=at)
    world.answer.version = world.question.versions.get()
    world.answer.file.save("", ContentFile(contents.PDF), save=False)
    world.answer.save()
    world.caterer_token = caterers.make_link(world.this, world.meeting, name="A caterer", by=SWEEP, at=at)
    world.caterer_link = CatererLink.objects.get()


def set_up_mou(world: World, *, at: datetime) -> None:
    """A memorandum with the parts of two partners: the partner's, and the stranger's."""
    coordinator, drafter = world.people["coordinator"], world.people["partner"]
    mou = factories.a_mou(title="Pact", by=coordinator, at=at)
    world.part = factories.a_part(mou, organization=world.organization, drafter=drafter, at=at)
    factories.a_part(mou, drafter=world.people["stranger"], at=at)
    world.part = parts.save_part(world.part, words={"does": "We teach."}, seen=1, by=drafter, at=at)
    text = mou_texts.circulate(mou.texts.get(), note="", at=at)
    world.proposal = proposals.propose_change(
        text.sections.get(key="goals"),
        organization=world.organization,
        by=drafter,
        body="Our goals.",
        why="Shorter",
        at=at,
    )
    mou_texts.draft_of(mou, by=coordinator, at=at)


def set_up_signing(world: World, *, at: datetime) -> None:
    """Another memorandum, locked and waiting for the partner's signature."""
    coordinator, drafter = world.people["coordinator"], world.people["partner"]
    mou = signing_rows.a_circulated_mou(title="Locked pact", by=coordinator)
    signing_rows.an_accepted_part(mou, organization=world.organization, drafter=drafter)
    signing_rows.locked(mou, at=at)
    world.signature = Signature.objects.get()
    world.sign_token = signing_rows.link_of(world.signature)


def register(network: Network, person: Person, *, at: datetime) -> Registration:
    return factories.a_registration(network, person, at=at)
