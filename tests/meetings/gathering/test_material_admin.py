"""Materials in the admin: what was removed comes back, shown first and done once."""

import pytest

from meetings.models import Material
from tests.factories import NOW, a_coordinator, a_meeting, a_network, a_partnership

pytestmark = pytest.mark.django_db
LIST = "/admin/meetings/material/"


@pytest.fixture
def desk(client):
    a_partnership()
    client.force_login(a_coordinator().user)
    return client


def a_material(meeting, title, *, removed=False):
    return Material.objects.create(
        meeting=meeting,
        title=title,
        url="https://example.org/",
        added_at=NOW,
        added_by=a_coordinator(),
        removed_at=NOW if removed else None,
    )


def test_what_was_removed_comes_back_unless_its_title_is_taken(desk):
    meeting = a_meeting(a_network(meetings=0))
    gone, here = a_material(meeting, "Gone", removed=True), a_material(meeting, "Here")
    taken = a_material(meeting, "Here", removed=True)
    keys = [one.pk for one in (gone, here, taken)]
    page = desk.post(LIST, {"action": "bring_back", "index": "0", "_selected_action": keys})
    assert [line.pk for line, _in in page.context["going"]] == [gone.pk]
    words = page.content.decode()
    assert ("Another material has this title" in words, "Is on the page" in words) == (True, True)
    sent = {"plan": page.context["sealed"], "row": [gone.pk]}
    done = desk.post(f"{LIST}acts/bring_back/", sent, follow=True)
    assert [str(one) for one in done.context["messages"]] == ["1 material is back."]
    assert set(Material.objects.standing()) == {gone, here}
