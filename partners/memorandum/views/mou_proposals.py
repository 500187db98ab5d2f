"""Changes to the shared text: partners propose them, coordinators accept or decline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.memorandum.domain import mou_texts, proposals
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.memorandum.forms.mou import DecisionForm, ProposalForm
from partners.memorandum.permissions import may_write_mou
from partners.memorandum.views.mou import seen_mou
from partners.memorandum.views.mou_text import seen_text
from partners.models import Mou, MouSection, Person, Proposal
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet.differences import merged, pieces


def seen_proposals(mou: Mou, person: Person) -> QuerySet[Proposal]:
    """Return the proposals that one may see: coordinators all, others those of their organizations."""
    found = Proposal.objects.filter(section__text__mou=mou).select_related(
        "section__text__mou", "organization", "by", "decided_by"
    )
    if may_write_mou(person):
        return found
    return found.filter(organization__in=mou.roles.visible_to(person).values("organization"))


@require_safe
def mou_proposals(request: PortalRequest, slug: str) -> HttpResponse:
    """List the proposed changes, open ones first."""
    mou = seen_mou(request, slug)
    found = list(seen_proposals(mou, person_or_403(request)))
    found.sort(key=lambda one: one.status != Proposal.Status.OPEN)
    return render(request, "partners/memorandum/proposals.html", {"mou": mou, "proposals": found})


def mou_propose(request: PortalRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Propose other words for a section in the name of one's organization."""
    text, person = seen_text(request, slug, number), person_or_403(request)
    section: MouSection = get_object_or_404(text.sections, key=key)
    role = text.mou.roles.filter(pk__in=own_roles(text.mou, person)).select_related("organization").first()
    if role is None:
        raise PermissionDenied
    form = ProposalForm(request.POST or None, initial={"body": section.body})
    if request.method == "POST" and form.is_valid():
        try:
            made = proposals.propose_change(
                section,
                organization=role.organization,
                by=person,
                body=form.cleaned_data["body"],
                why=form.cleaned_data["why"],
                at=timezone.now(),
            )
        except MouRefused as refusal:
            form.add_error("body", str(refusal))
        else:
            messages.success(request, _("Thank you. The coordinator will decide, and we'll let you know."))
            return redirect(made)
    context = {"mou": text.mou, "text": text, "section": section, "form": form, "role": role}
    return render(request, "partners/memorandum/propose.html", context)


def own_roles(mou: Mou, person: Person) -> set[int]:
    """Return the keys of the parts that one drafts or answers for, also of a coordinator who does."""
    return {role.pk for role in mou.roles.all() if person.pk in (role.drafter_id, role.lead_contact_id)}


def mou_proposal(request: PortalRequest, slug: str, uid: str) -> HttpResponse:
    """Show a proposed change beside the text, and decide on it."""
    mou, person = seen_mou(request, slug), person_or_403(request)
    proposal: Proposal = get_object_or_404(seen_proposals(mou, person), uid=uid)
    may_decide = may_write_mou(person) and proposal.status == Proposal.Status.OPEN
    if request.method == "POST" and not may_write_mou(person):
        raise PermissionDenied
    if request.method == "POST":
        return decide(request, proposal)
    return page(request, proposal, DecisionForm(initial=start(proposal)) if may_decide else None)


def start(proposal: Proposal) -> dict[str, str]:
    """Return what the decision begins with: the words of both where the section was changed since."""
    section = proposals.section_now(proposal)
    if section is None:
        return {}
    both = merged(base=proposal.section.body, theirs=section.body, mine=proposal.body)
    return {"body": both, "seen": mou_texts.mark(section)}


def decide(request: PortalRequest, proposal: Proposal) -> HttpResponse:
    """Accept or decline as the button said."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return page(request, proposal, form)
    given, who = form.cleaned_data, acting(request)
    try:
        if request.POST.get("act") == "accept":
            section = proposals.accept_proposal(
                proposal, reason=given["reason"], body=given["body"], seen=given["seen"], **who
            )
            messages.success(request, _("Accepted. It's in the draft of the next version."))
            return redirect(f"{section.text.get_absolute_url()}#{section.key}")
        if request.POST.get("act") != "decline":
            raise Http404
        proposals.decline_proposal(proposal, reason=given["reason"], **who)
    except ChangedMeanwhile:
        form = DecisionForm(initial={**start(proposal), "reason": given["reason"]})
        return page(request, proposal, form, status=409)
    except MouRefused as refusal:
        form.add_error("reason" if "decline" in request.POST.get("act", "") else None, str(refusal))
        return page(request, proposal, form, status=409)
    messages.success(request, _("Declined. We'll tell the partner why."))
    return redirect("mou_proposals", proposal.section.text.mou.slug)


def page(
    request: PortalRequest, proposal: Proposal, form: DecisionForm | None, *, status: int = 200
) -> HttpResponse:
    """Render a proposal with what it changes, and with the newest text where that differs."""
    section = proposals.section_now(proposal)
    clash = section is not None and form is not None and proposals.clashes(proposal, section)
    context = {
        "mou": proposal.section.text.mou,
        "proposal": proposal,
        "pieces": pieces(proposal.section.body, proposal.body),
        "form": form,
        "clash": clash,
        "gone": section is None,
        "now": pieces(proposal.section.body, section.body) if clash and section else [],
    }
    return render(request, "partners/memorandum/proposal.html", context, status=status)
