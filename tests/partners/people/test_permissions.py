"""Who may do what with people and organizations."""

import pytest

from partners.people.permissions import may_link_organizations
from tests.factories import a_coordinator, a_person, a_staff_member, a_user

pytestmark = pytest.mark.django_db


def test_coordinators_only_link_organizations():
    everyone = [None, a_person(), a_user().person, a_staff_member(), a_coordinator()]
    allowed = [may_link_organizations(person) for person in everyone]
    assert allowed == [False, False, False, False, True]
