"""A form of news that is sent twice at once is one post."""

from uuid import uuid4

import pytest

from partners.models import NewsPost
from partners.news.domain import posts
from tests.factories import NOW, a_coordinator
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("_turn", range(3))
def test_a_form_that_is_sent_twice_at_once_is_one_post(_turn):
    by, uid = a_coordinator(), uuid4()

    def save():
        return posts.save_post(NewsPost(uid=uid, title="Dates", summary="Five."), by=by, at=NOW).pk

    first, second = at_once([save, save])
    assert first == second == NewsPost.objects.get().pk
