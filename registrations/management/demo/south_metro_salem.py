"""The story of Oregon, 2012-13: parts of the MOU, a signing ceremony, and seven that join.

See docs/rules.md 1.3.
Who signed and who joined is in ``regions/sms-stem.csv``; what nobody wrote down is not made up:
contributions are only those that were named, and signatories are roles.
"""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from partners.exchange.domain import exchange
from partners.management.loading import load_region, noted
from partners.memorandum.domain import (
    document_words,
    freezing,
    mou_texts,
    mous,
    part_contacts,
    part_rows,
    parts,
    sign_answers,
)
from partners.memorandum.domain.standard_sections import PARTS
from partners.models import (
    COORDINATOR,
    Category,
    Mou,
    MouDocument,
    MouRole,
    Organization,
    Partnership,
    Person,
    Sector,
    Signature,
    local_day,
)
from partners.people.domain.appointing import appoint
from registrations.management.demo import people

REGION = "sms-stem"
NAME = "South Metro-Salem STEM Partnership"
MODEL = "Salem-Keizer School District"
BEGUN = datetime(2012, 9, 10, 16, 0, tzinfo=UTC)
CIRCULATED = datetime(2012, 10, 3, 16, 0, tzinfo=UTC)
SUBMITTED = datetime(2012, 10, 15, 16, 0, tzinfo=UTC)
LOCKED = datetime(2012, 11, 30, 18, 0, tzinfo=UTC)
CEREMONY = datetime(2012, 12, 14, 16, 0, tzinfo=UTC)
ASKED_LATER = datetime(2013, 3, 18, 16, 0, tzinfo=UTC)
JOINED = datetime(2013, 4, 29, 20, 0, tzinfo=UTC)
CHIEFS = {
    Sector.K12_DISTRICT: "Superintendent",
    Sector.HIGHER_ED_2YR: "President",
    Sector.GOVERNMENT: "Director",
    Sector.NONPROFIT: "Director",
}
DISTRICT = {
    "does": (
        "We choose a school or two as prototypes, where each of us most wants to improve, and let our "
        "teachers learn in teams across districts. What works there becomes our common practice."
    ),
    "needs_text": "Project-based science and mathematics in class, mentors, and lasting staff development.",
}
# What schools wanted in September 2012, in our words (docs/rules.md 1.3); the model part names it.
WANTED = [
    ("pbl", "Robotics and other projects in class, not only in clubs"),
    ("mentor", "Mentors, and activities together with other schools"),
    ("pd", "Staff development that changes teaching, more than a workshop"),
    ("cte", "CTE teachers who work with mathematics and science teachers"),
    ("curr", "Tools and resources that fit into the curriculum"),
    ("techcontent", "The network's technical content"),
    ("extern", "STEM experiences for teachers"),
    ("practice", "Common practices, in a learning community of districts"),
]
# What those who joined on 29 April 2013 brought; of two nothing was written down.
BROUGHT = [
    ("Autodesk", "equip", "Software", ""),
    ("Autodesk", "curr", "Curriculum", ""),
    ("Autodesk", "pd", "Training videos", ""),
    ("First Tech Credit Union", "fund", "Scholarships", ""),
    ("First Tech Credit Union", "policy", "Marketing that gets people to take part", ""),
    ("Legacy Meridian Park Medical Center", "space", "Tours", ""),
    ("Legacy Meridian Park Medical Center", "extern", "Trying out a surgical robot", ""),
    ("NASA/Oregon Space Grant Consortium", "hr", "A staff position", ""),
    ("NASA/Oregon Space Grant Consortium", "pd", "A network for professional development", ""),
    ("Newberg School District", "pd", "Leadership in designing professional development", ""),
]
GRANT = ("NASA/Oregon Space Grant Consortium", "fund", "A grant to the partnership", "$80,000")
GRANTED = datetime(2014, 2, 13, 18, 0, tzinfo=UTC)


def tell(*, at: datetime) -> None:
    """Build the story once, as it went from September 2012; ``at`` is not needed, for all of it is over."""
    if Mou.objects.exists():
        return
    organizations = load_region(REGION, partners=False)
    partnership(organizations["Oregon Institute of Technology"], districts=districts(organizations))
    coordinator = people.role_account(
        "coordinator", "Partnership coordinator", organizations["Oregon Institute of Technology"], at=BEGUN
    )
    appoint(coordinator, group=COORDINATOR)
    mou = mous.begin_mou(
        title=f"{NAME}: memorandum of understanding",
        by=coordinator,
        at=BEGUN,
        parts_due_on=date(2012, 10, 15),
        effective_on=CEREMONY.date(),
        ceremony_on=CEREMONY.date(),
    )
    mou_texts.circulate(mou.texts.get(), note="As discussed in September.", at=BEGUN)
    signers = [organizations[name] for name in noted(REGION, "signed 2012-12-14")]
    autumn(mou, signers, by=coordinator)
    sign(mou, by=coordinator, locked=LOCKED, signed=CEREMONY)
    joiners = [organizations[name] for name in noted(REGION, "joined 2013-04-29")]
    spring(mou, joiners, by=coordinator)
    give(organizations[GRANT[0]], *GRANT[1:], at=GRANTED)


def districts(organizations: dict[str, Organization]) -> list[str]:
    """Return the names of the districts, which are the region."""
    return sorted(name for name, one in organizations.items() if one.sector == Sector.K12_DISTRICT)


def partnership(host: Organization, *, districts: list[str]) -> None:
    """Return the partnership's one row, at its convener's."""
    one = Partnership.objects.create(
        name=NAME,
        short_name="SMS STEM",
        tagline="Districts, colleges and companies south of Portland",
        welcome="Schools say what they need. Partners say what they can contribute.",
        about="A learning community of districts, colleges and companies from the south metro to Salem.",
        host=host,
        region="South Metro-Salem, Oregon",
        region_places="\n".join(districts),
        contact_name="Partnership coordinator",
        contact_email="coordinator@example.org",
        zone="America/Los_Angeles",
    )
    one.lead_organizations.add(host)


def autumn(mou: Mou, signers: list[Organization], *, by: Person) -> None:
    """Ask everyone for a part; Salem-Keizer writes the model district role, others begin from it."""
    roles = {one.name: asked(mou, one, by=by, at=BEGUN) for one in signers}
    model = written(roles.pop(MODEL), DISTRICT, by=by, at=CIRCULATED)
    MouRole.objects.filter(pk=model.pk).update(model_title="School district, as in Salem-Keizer")
    model.refresh_from_db()
    for code, detail in WANTED:
        exchange.write_need(
            organization=model.organization, category=category(code), detail=detail, role=model, at=CIRCULATED
        )
    text = mou_texts.draft_of(mou, by=by, at=CIRCULATED)
    section = text.sections.get(key=PARTS)
    mou_texts.write_section(
        section,
        heading=section.heading,
        body=f"{section.body} A school district can start from the role that {MODEL} wrote.",
        seen=mou_texts.mark(section),
    )
    mou_texts.circulate(text, note="With a district role as a model.", at=CIRCULATED)
    for role in roles.values():
        words = {"does": "We're taking part as a college."}
        if role.organization.sector == Sector.K12_DISTRICT:
            role = parts.begin_from(role, model=model, seen=role.revision, by=drafter(role), at=CIRCULATED)
            words = {}
        written(role, words, by=by, at=SUBMITTED)


def spring(mou: Mou, joiners: list[Organization], *, by: Person) -> None:
    """Let seven join the memorandum that the others have signed, with what they bring."""
    for one in joiners:
        role = asked(mou, one, by=by, at=ASKED_LATER)
        for name, code, detail, quantity in BROUGHT:
            if name == one.name:
                part_rows.add_contribution(
                    role,
                    category=category(code),
                    detail=detail,
                    quantity=quantity,
                    public=True,
                    at=ASKED_LATER,
                )
        written(role, {"does": "We join the partnership."}, by=by, at=ASKED_LATER)
    sign(mou, by=by, locked=ASKED_LATER, signed=JOINED)


def asked(mou: Mou, organization: Organization, *, by: Person, at: datetime) -> MouRole:
    """Ask one organization for its part; its drafter is a role account, Salem-Keizer's one signs in."""
    name = "partner" if organization.name == MODEL else f"drafter.{organization.slug}"
    person = people.role_account(name, "Partner contact", organization, at=at)
    return part_contacts.ask_for_part(mou, organization=organization, drafter=person, by=by, at=at)


def drafter(role: MouRole) -> Person:
    """Return whoever drafts the part."""
    assert role.drafter is not None  # noqa: S101
    return role.drafter


def written(role: MouRole, words: dict[str, str], *, by: Person, at: datetime) -> MouRole:
    """Write, submit and accept a part; its signatory is the organization's chief, by title."""
    title = CHIEFS.get(Sector(role.organization.sector), "Chief executive")
    signatory = {
        "signatory_name": f"{title}, {role.organization}"[:150],
        "signatory_title": title,
        "signatory_email": f"chief.{role.organization.slug}@example.org",
    }
    person = drafter(role)
    role = parts.save_part(role, words={**words, **signatory}, seen=role.revision, by=person, at=at)
    role = parts.submit_part(role, by=person, at=at)
    return parts.accept_part(role, seen=role.revision, by=by, at=at)


def sign(mou: Mou, *, by: Person, locked: datetime, signed: datetime) -> None:
    """Lock what is accepted, and record the signatures that were given by hand on the day."""
    gathered = document_words.gather_for_freezing(mou)
    freezing.freeze_for_signature(mou, seen=gathered.digest, by=by, at=locked)
    day = local_day(signed)
    for signature in Signature.objects.asked().filter(document__mou=mou).order_by("pk"):
        sign_answers.record_paper(
            signature,
            signed_on=day,
            place="At the ceremony",
            scan=ContentFile(printed(signature.document), name="scan.pdf"),
            by=by,
            at=signed,
        )
    Organization.objects.partners().filter(partner_since=None).update(partner_since=day)


def printed(document: MouDocument) -> bytes:
    """Return the printed copy, which stands for a scan of the signed one."""
    with document.pdf.open() as file:
        content: bytes = file.read()
    return content


def give(organization: Organization, code: str, detail: str, quantity: str, *, at: datetime) -> None:
    """Write down what one partner brought later, for everyone to see."""
    organization.refresh_from_db()
    exchange.write_contribution(
        organization=organization,
        category=category(code),
        detail=detail,
        quantity=quantity,
        public=True,
        at=at,
    )


def category(code: str) -> Category:
    """Return the category of this code."""
    return Category.objects.get(code=code)
