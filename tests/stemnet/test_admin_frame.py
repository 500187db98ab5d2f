"""The frame of the admin."""

import pytest

from tests.factories import a_coordinator, a_partnership, a_user

pytestmark = pytest.mark.django_db


def test_admin_is_in_our_colours_and_leads_back(client):
    a_partnership()
    client.force_login(a_coordinator().user)
    html = client.get("/admin/").content.decode()
    assert "css/admin.css" in html
    assert 'href="/"' in html
    assert "dark_mode.css" not in html


def test_admin_signs_in_where_everyone_does(client):
    assert client.get("/admin/login/?next=/admin/").headers["Location"].startswith("/accounts/login/")


def test_admin_is_closed_to_others(client):
    client.force_login(a_user())
    assert client.get("/admin/").status_code in (302, 403)
