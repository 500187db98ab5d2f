"""News of the demo: two posts; voices only where somebody entered them with consent, so none here."""

from datetime import datetime, timedelta

from partners.models import NewsPost, Person
from partners.news.domain import posts

POSTS = [
    (
        12,
        "Dates for the coming school year are set",
        "Five half-day meetings for district leaders, with working groups after each.",
        "The Science & Technology/Engineering District Leaders Network meets five times again.\n\n"
        "The working groups meet after each meeting, from 12 to 3 p.m. You choose one when you register.",
    ),
    (
        3,
        "A wave task that works without the beach",
        "A working group rewrote one grade 8 task for three grade bands. Three districts tried it.",
        "The group on high quality materials took one task about waves and wrote it for grades "
        "3 to 5, 6 to 8 and 9 to 12.\n\nThree districts tried it this fall, and say what they changed.",
    ),
]


def tell(*, by: Person, at: datetime) -> None:
    """Write the posts once."""
    if NewsPost.objects.exists():
        return
    for days, title, summary, text in POSTS:
        moment = at - timedelta(days=days)
        post = posts.save_post(NewsPost(title=title, summary=summary, text=text), by=by, at=moment)
        posts.publish(post, at=moment)
