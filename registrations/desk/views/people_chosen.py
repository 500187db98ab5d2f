"""Acts on several people of a network: what will happen to whom, and the act once it is confirmed."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.desk.domain import acts_on_each, acts_on_many
from registrations.desk.domain.acts_on_each import Line
from registrations.desk.domain.acts_on_many import GROUP, Submission
from registrations.desk.forms.people_chosen import ConfirmForm
from registrations.desk.pages import act_words
from registrations.desk.pages.people_rows import rows_of
from registrations.desk.pages.people_sheet import sheet_of
from registrations.desk.views.people_list import list_asked, with_words
from registrations.messages.domain import writing
from registrations.messages.exceptions import MessageRefused
from registrations.messages.forms.choosing import MOST_PICKED
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.models import Job, JobState
from stemnet.tables.writing import xlsx_file

EXPORT, EXPORT_ALL = "export", "export-all"
SALT = "registrations.people_chosen"


@never_cache
@require_POST
def staff_people_chosen(request: PortalRequest, slug: str) -> HttpResponseBase:
    """Take the people who were ticked, and show what the act will do to each; an export is handed out."""
    network, act = staffed_network_or_404(request, slug), request.POST.get("act", "")
    people = chosen(request, network)
    if not people.exists():
        messages.error(request, _("Choose at least one person first."))
        return redirect(list_of(request, network))
    if act in (EXPORT, EXPORT_ALL):
        return export(request, network, people)
    if act == "write":
        return write(request, network, people)
    if act not in act_words.TITLES:
        raise Http404
    lines = lines_of(request, act, people)
    doable = [line for line in lines if not line.skipped]
    rows = signing.dumps([[str(one.registration.uid), one.seen] for one in doable], salt=SALT)
    form = ConfirmForm(network=network, act=act, initial={"rows": rows}, **acting(request))
    return confirm_page(request, network, act, form, lines)


def chosen(request: PortalRequest, network: Network) -> RegistrationQuerySet:
    """Return the people who were ticked, or all whom the list shows."""
    people: RegistrationQuerySet = network.registrations.all()
    if "everyone" in request.POST or request.POST.get("act") == EXPORT_ALL:
        return list_asked(network, QueryDict(request.POST.get("query", "")))[1].narrow(people)
    ticked = [uid for uid in map(as_uuid, request.POST.getlist("who")) if uid]
    return people.filter(uid__in=ticked).by_name()


def as_uuid(typed: str) -> UUID | None:
    """Return a typed uid, or None for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def lines_of(request: PortalRequest, act: str, people: RegistrationQuerySet) -> list[Line]:
    """Return what the act will do to each of ``people``."""
    now = timezone.now()
    if act in acts_on_each.EACH:
        return acts_on_each.plan_each(act, people, by=person_or_404(request), at=now)
    return acts_on_many.plan_move(people) if act == GROUP else acts_on_many.plan_issue(people, at=now)


def list_of(request: PortalRequest, network: Network) -> str:
    """Return the address of the list as it was narrowed, or of the person from whose page they came."""
    if person := as_uuid(request.POST.get("person", "")):
        return reverse("staff_person", args=[network.slug, person])
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return reverse("staff_people", args=[network.slug]) + (f"?{query}" if query else "")


def export(request: PortalRequest, network: Network, people: RegistrationQuerySet) -> HttpResponseBase:
    """Hand out ``people`` as a table."""
    if people.count() > settings.EXPORT_JOB_ROWS:
        most = {"most": settings.EXPORT_JOB_ROWS}
        messages.error(
            request, _("That's more than %(most)s people. Use the export for certificates.") % most
        )
        return redirect("staff_export", slug=network.slug)
    course, form = list_asked(network, QueryDict())
    rows = rows_of(list(with_words(people)), facts=form.facts, course=course)
    name = f"{network.slug}-people.xlsx"
    return FileResponse(xlsx_file([sheet_of(rows)]), as_attachment=True, filename=name)


def write(request: PortalRequest, network: Network, people: RegistrationQuerySet) -> HttpResponse:
    """Begin a message to ``people``, and go to it."""
    rows = [str(uid) for uid in people.values_list("uid", flat=True)]
    if len(rows) > MOST_PICKED:
        words = _("You can pick at most %(most)s people. Choose an audience instead.")
        messages.error(request, words % {"most": MOST_PICKED})
        return redirect("message_new", slug=network.slug)
    try:
        message = writing.begin_message(
            network=network,
            group=None,
            audience="picked",
            choice={"rows": rows},
            **acting(request),
        )
    except MessageRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(list_of(request, network))
    return redirect("message", uid=message.uid)


def confirm_page(
    request: PortalRequest,
    network: Network,
    act: str,
    form: ConfirmForm,
    lines: list[Line],
    status: int = 200,
) -> HttpResponse:
    """Show to whom something will happen, and who is left out and why."""
    doable = [line for line in lines if not line.skipped]
    context = {
        "network": network,
        "act": act,
        "title": act_words.TITLES[act],
        "promise": act_words.PROMISES[act],
        "button": act_words.button(act, len(doable)),
        "form": form,
        "doable": doable,
        "skipped": [line for line in lines if line.skipped],
        "key": request.POST.get("key") or uuid4(),
        "query": request.POST.get("query", ""),
        "person": request.POST.get("person", ""),
        "back": list_of(request, network),
    }
    return render(request, "registrations/desk/people_confirm.html", context, status=status)


@require_POST
def staff_people_act(request: PortalRequest, slug: str, act: str) -> HttpResponse:
    """Do a confirmed act once; what changed since it was shown is skipped and named."""
    if act not in act_words.TITLES:
        raise Http404
    network, key = staffed_network_or_404(request, slug), as_uuid(request.POST.get("key", ""))
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=SALT)
    except signing.BadSignature:
        rows = []
    if not rows or key is None:
        messages.error(request, _("Choose the people once more: we couldn't read who was chosen."))
        return redirect(list_of(request, network))
    form = ConfirmForm(request.POST, network=network, act=act, **acting(request))
    if not form.is_valid():
        chosen_ones = network.registrations.filter(uid__in=[uid for uid, _seen in rows]).by_name()
        lines = lines_of(request, act, chosen_ones)
        return confirm_page(request, network, act, form, lines, status=422)
    one = Submission(
        key=key,
        act=act,
        network=network,
        rows=rows,
        typed=form.typed,
        title=_("%(act)s: %(network)s") % {"act": act_words.TITLES[act], "network": network},
        back=list_of(request, network),
    )
    job = acts_on_many.begin(one, **acting(request))
    return finished(request, job, act) if job.finished_at else redirect(job)


def finished(request: PortalRequest, job: Job, act: str) -> HttpResponse:
    """Say what was done, or why it was not, and go back to the list."""
    if job.state == JobState.FAILED:
        messages.error(request, job.error)
        return redirect(job.params["back"])
    skipped = job.left_out
    number = job.total - len(skipped)
    if number:
        messages.success(request, act_words.done(act, number))
    for line in skipped:
        messages.warning(request, line)
    return redirect(job.params["back"])
