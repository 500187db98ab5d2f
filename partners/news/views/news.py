"""News: the list, one post, the feed; and for coordinators the page where they are written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView

from partners.models import NewsPost, Partnership
from partners.news.documents import atom
from partners.news.domain import posts
from partners.news.forms import NewsForm
from partners.people.requests import PortalRequest, acting, coordinator_or_403
from stemnet.public_pages import public_page

IN_FEED = 30
DONE = {
    "publish": gettext_lazy("“%(title)s” is published."),
    "withdraw": gettext_lazy("“%(title)s” is a draft again."),
    "delete": gettext_lazy("“%(title)s” is deleted."),
}


@method_decorator([login_not_required, public_page], name="dispatch")
class NewsList(ListView[NewsPost]):
    """Every post that one may read, the newest first."""

    request: PortalRequest
    template_name = "partners/news/list.html"
    paginate_by = 20

    def get_queryset(self) -> QuerySet[NewsPost]:
        """Return what the reader may see."""
        return NewsPost.objects.visible_to(self.request.person)


@login_not_required
@public_page
@require_safe
def news_post(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one post."""
    post = get_object_or_404(NewsPost.objects.visible_to(request.person), slug=slug)
    may_edit = request.person is not None and request.person.is_coordinator
    return render(request, "partners/news/post.html", {"post": post, "may_edit": may_edit})


@login_not_required
@public_page
@require_safe
def news_feed(request: PortalRequest) -> HttpResponse:
    """Hand out the newest posts as an Atom feed."""
    partnership = Partnership.objects.first()
    title = _("News from %(partnership)s") % {"partnership": partnership or _("the partnership")}
    subtitle = partnership.tagline if partnership else ""
    feed = atom(NewsPost.objects.published()[:IN_FEED], title=title, subtitle=subtitle)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_edit(request: PortalRequest, slug: str = "") -> HttpResponse:
    """Write a new post, or change one."""
    coordinator_or_403(request)
    post = get_object_or_404(NewsPost, slug=slug) if slug else posts.begun(request.POST.get("uid", ""))
    form = NewsForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        written = form.save(commit=False)
        written.uid = form.cleaned_data.get("uid") or written.uid
        saved = posts.save_post(written, **acting(request))
        if "publish" in request.POST:
            posts.publish(saved, at=acting(request)["at"])
        messages.success(request, _("Saved."))
        return redirect("news_post", slug=saved.slug)
    status = 422 if form.errors else 200
    return render(request, "partners/news/edit.html", {"form": form, "post": post}, status=status)


@require_POST
def news_act(request: PortalRequest, slug: str, act: str) -> HttpResponse:
    """Publish a post, make it a draft again, or delete it."""
    coordinator_or_403(request)
    if act not in DONE:
        raise Http404
    post, at = get_object_or_404(NewsPost, slug=slug), acting(request)["at"]
    if act == "publish":
        posts.publish(post, at=at)
    elif act == "withdraw":
        posts.withdraw(post, at=at)
    else:
        post.delete()
    messages.success(request, DONE[act] % {"title": post.title})
    return redirect("news") if act == "delete" else redirect("news_post", slug=slug)
