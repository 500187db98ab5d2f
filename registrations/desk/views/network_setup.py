"""The one page on which a network is set up."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning import permissions
from meetings.planning.domain import registration_window, setting_up
from meetings.planning.domain.breaks import spans
from meetings.planning.exceptions import EditedMeanwhile, MeetingsRefused, NotReady, TitleTaken
from meetings.planning.forms import adding, unsaved
from meetings.planning.forms.differences import differences
from meetings.planning.forms.page import NetworkPage
from meetings.planning.forms.rule_choices import RuleChoice
from meetings.planning.requests import coordinated_network_or_403
from partners.models import Partnership, local_day
from partners.people.domain import kept_forms
from partners.people.forms.kept_form import fields_of, is_small
from partners.people.requests import PortalRequest, acting
from registrations.credit.domain import rule_choices, versions
from registrations.credit.domain.forecasting import forecast
from registrations.credit.domain.sessions import session_of
from registrations.desk.domain import publishing_doubts
from registrations.seats.domain import network_setup
from stemnet import wording

FIRST_RULE = "MA-PDP"
NEW = "network:new"
ADDING = {"add_group": "groups", "add_commitment": "commitments", "add_meeting": "meetings"}


def network_new(request: PortalRequest) -> HttpResponse:
    """Begin a network: the empty page, or what was typed on it."""
    if not permissions.may_create_networks(request.person):
        raise PermissionDenied
    return answer(request, None) if request.method == "POST" else show(request, page_of(request, None))


def network_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Change a network: its page as it is, or what was typed on it."""
    network = coordinated_network_or_403(request, slug)
    return answer(request, network) if request.method == "POST" else show(request, page_of(request, network))


def page_of(
    request: PortalRequest, network: Network | None, data: QueryDict | None = None, *, quiet: bool = False
) -> NetworkPage:
    """Make the page of ``network``, or of a new one."""
    now, rules = timezone.now(), rule_choices.choices_for(network)
    return NetworkPage(
        network=network,
        data=data,
        rules=rules,
        defaults=None if network else defaults(now, rules),
        seen=network_setup.page_state(network, at=now) if network else "",
        locked=network is not None and network_setup.has_people(network, at=now),
        rule_locked=network is not None and versions.has_marks(network),
        quiet=quiet,
    )


def defaults(now: datetime, rules: list[RuleChoice]) -> dict[str, Any]:
    """Return what a new network starts with; its rule is that of the network begun last."""
    partnership = Partnership.objects.first()
    start = {"school_year": wording.school_year_on(local_day(now))}
    if partnership:
        start |= {
            "zone": partnership.zone,
            "contact_name": partnership.contact_name,
            "contact_email": partnership.contact_email,
        }
    last = Network.objects.exclude(kind=Network.Kind.INFORMATION_SESSION).order_by("-pk").first()
    code = last.credit_code if last else FIRST_RULE
    wanted = any(rule.wants_product for rule in rules if rule.code == code)
    return {**start, "credit_code": code, "requires_demonstration": wanted}


def answer(request: PortalRequest, network: Network | None) -> HttpResponse:
    """Do what the pressed button says with what was typed."""
    act = request.POST.get("act", "save")
    if act == "show":
        return show(request, page_of(request, network, request.POST, quiet=True))
    if act in ADDING:
        typed = adding.with_row(request.POST, ADDING[act])
        return show(request, page_of(request, network, typed, quiet=True))
    if act == "add_dates":
        return add_dates(request, network)
    page = page_of(request, network, request.POST)
    if page.is_valid():
        return write(request, page, act)
    if act == "publish":
        page.blame_missing()
    return keep(request, page)


def by_hand(network: Network) -> dict[str, bool]:
    """Return whether registration can be closed or opened by hand now."""
    now = timezone.now()
    return {
        "close": registration_window.may_close(network, at=now),
        "open": registration_window.may_open(network, at=now),
    }


def keep(request: PortalRequest, page: NetworkPage) -> HttpResponse:
    """Keep what can't be written yet, whatever is in it, and say what is wrong with it."""
    who, form = acting(request), kept_name(page.instance)
    if is_small(request.POST):
        kept_forms.keep(who["by"], form=form, fields=fields_of(request.POST), at=who["at"])
    return show(request, page, kept=True)


def kept_name(network: Network | None) -> str:
    """Return what the form of a network is called where it is kept."""
    return f"network:{network.slug}" if network else NEW


def add_dates(request: PortalRequest, network: Network | None) -> HttpResponse:
    """Turn pasted dates into rows, without saving; what is wrong with them is said at their field."""
    page = page_of(request, network, request.POST, quiet=True)
    page.dates.quiet = False
    if page.dates.is_valid() and page.dates.found:
        say_left_out(request, page)
        typed = adding.with_dates(request.POST, page.dates.found, times=page.dates.cleaned_data)
        return show(request, page_of(request, network, typed, quiet=True))
    if page.dates.is_valid():
        page.dates.add_error("dates", _("Paste the dates here, or choose a pattern."))
    return show(request, page)


def say_left_out(request: PortalRequest, page: NetworkPage) -> None:
    """Say which words around the dates were not read."""
    if page.dates.left_out:
        words = "; ".join(f"“{piece}”" for piece in page.dates.left_out[:5])
        messages.info(request, _("We read the dates and left out: %(words)s") % {"words": words})


def write(request: PortalRequest, page: NetworkPage, act: str) -> HttpResponse:
    """Save the page, and publish it where that was asked; what a rule says against it stands at its field."""
    try:
        network, doubts = saved(request, page, publish=act == "publish")
    except EditedMeanwhile as conflict:
        return show(request, page, conflict=clash(request, page, conflict))
    except NotReady as refusal:
        for name, sentence in refusal.missing.items():
            page.blame(name, sentence)
    except TitleTaken as taken:
        page.blame("title", str(taken))
    except MeetingsRefused as refusal:
        page.blame("", str(refusal))
    else:
        kept_forms.drop(acting(request)["by"], form=kept_name(page.instance))
        return onwards(request, network, "doubts" if doubts else act)
    return keep(request, page)


def saved(request: PortalRequest, page: NetworkPage, *, publish: bool) -> tuple[Network, list[str]]:
    """Hand the plan to the domain; return the network, and what keeps it from being published at once."""
    who = acting(request)
    if publish:
        return publishing_doubts.save_and_publish(page.instance, page.plan(), seen=page.seen, **who)
    if page.instance is None:
        return setting_up.create_network(page.plan(), **who), []
    return network_setup.save_network_page(page.instance, page.plan(), seen=page.seen, **who), []


def clash(request: PortalRequest, page: NetworkPage, conflict: EditedMeanwhile) -> dict[str, Any]:
    """Say who changed the network and what differs; saving once more then keeps what is typed here."""
    theirs = page_of(request, conflict.network)
    page.seen = theirs.seen
    return {
        "sentence": str(conflict),
        "who": conflict.who,
        "at": conflict.network.edited_at,
        "differences": differences(page, theirs),
    }


def onwards(request: PortalRequest, network: Network, act: str) -> HttpResponse:
    """Say what happened and go where the button said."""
    if act == "publish":
        messages.success(request, _("%(network)s is published.") % {"network": network})
        return redirect(network)
    if act == "doubts":
        messages.info(request, _("Your draft is saved. Look at the list below before you publish it."))
    if act in ("preview", "doubts"):
        return redirect("network_preview", network.slug)
    messages.success(request, _("Saved."))
    return redirect("network_edit", network.slug)


def show(
    request: PortalRequest,
    page: NetworkPage,
    *,
    conflict: dict[str, Any] | None = None,
    kept: bool = False,
) -> HttpResponse:
    """Show the page with the hours that its dates give."""
    typed = unsaved.meetings(page)
    context = {
        "page": page,
        "network": page.instance,
        "conflict": conflict,
        "kept": kept,
        **({"hand": by_hand(page.instance)} if page.instance else {}),
        "faults": page.faults() if page.data is not None else [],
        "forecast": forecast(
            unsaved.network(page),
            [session_of(meeting, spans(meeting, breaks)) for meeting, breaks in typed],
            code=page.typed("credit_code"),
            today=local_day(timezone.now()),
            meetings=[each.meeting for each in typed],
        ),
    }
    return render(request, "registrations/desk/coordinator/setup.html", context)
