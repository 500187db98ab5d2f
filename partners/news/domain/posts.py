"""Writing, publishing and taking back news."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners.models import NewsPost, Person
from stemnet.slugs import Shape, free_slug

ADDRESS: Shape = {"longest": 80, "otherwise": "news", "reserved": {"new", "feed"}}


def begun(uid: str) -> NewsPost | None:
    """Return the post that the same form began before, or None."""
    try:
        return NewsPost.objects.filter(uid=uid).first() if uid else None
    except ValidationError:
        return None


def save_post(post: NewsPost, *, by: Person, at: datetime) -> NewsPost:
    """Write a post; a new one gets its address, once, and is a draft. Sent twice it is one."""
    try:
        return _write(post, by=by, at=at)
    except IntegrityError:
        known = begun(str(post.uid))
        if known is None:
            raise
        return known


@transaction.atomic
def _write(post: NewsPost, *, by: Person, at: datetime) -> NewsPost:
    if post.pk is None:
        post.slug = free_slug(post.title, among=[(NewsPost.objects.all(), "slug")], **ADDRESS)
    post.by, post.changed_at = by, at
    post.save()
    return post


@transaction.atomic
def publish(post: NewsPost, *, at: datetime) -> None:
    """Let everyone read a post from now on; twice is once."""
    NewsPost.objects.filter(pk=post.pk, published_at=None).update(published_at=at, changed_at=at)


@transaction.atomic
def withdraw(post: NewsPost, *, at: datetime) -> None:
    """Make a post a draft again, which only coordinators see."""
    NewsPost.objects.filter(pk=post.pk).update(published_at=None, changed_at=at)
