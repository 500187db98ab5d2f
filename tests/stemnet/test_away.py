"""The walk of an educator and of staff with Redis stopped, and silent: all works, in its usual time."""

import json

import pytest

from tests.stemnet.processes import environment, migrate, python
from tests.stemnet.silent import AWAY

pytestmark = [pytest.mark.once, pytest.mark.slow]
WALK = """
import json, re, time
from datetime import timedelta
from django.test import Client
from stemnet.models import Mail
from django.utils import timezone
from tests.factories import a_coordinator, a_meeting, a_network, a_partnership
a_partnership()
network = a_network(meetings=0, seats=30)
a_meeting(network, on=(timezone.now() + timedelta(days=60)).date())
staff = a_coordinator()
staff.user.set_password("network-demo"); staff.user.save()
educator, desk, answers = Client(), Client(), []
def go(client, path, sent=None):
    begun = time.monotonic()
    answer = client.post(path, sent) if sent is not None else client.get(path)
    answers.append([path.split("?")[0], answer.status_code, time.monotonic() - begun])
    return answer
def code():
    return re.search(r"\\b\\d{6}\\b", Mail.objects.latest("pk").text)[0]
go(educator, "/")
go(educator, "/networks/")
page = f"/networks/{network.slug}/register/"
new = Client()
go(new, page)
form = {"first_name": "Science", "last_name": "Lead", "address": "lead@example.org", "attending": "self"}
form |= {"organization": "A district of its own", "organization_choice": "-"}
form |= {"job": "coordinator", "shown": ""}
hold = go(new, page, form).url
done = go(new, hold, {"code": code()}).url
answers[-1][0], answers[-2][0] = "the code", "the form"
go(new, done)
answers[-1][0] = "registered"
registered = network.registrations.seated().count()
go(educator, "/accounts/login/code/", {"email": staff.primary_address})
go(educator, "/accounts/login/code/confirm/", {"code": code()})
go(educator, "/staff/")
go(desk, "/accounts/login/", {"login": staff.primary_address, "password": "wrong"})
go(desk, "/accounts/login/", {"login": staff.primary_address, "password": "network-demo"})
go(desk, "/staff/")
go(desk, f"/staff/networks/{network.slug}/")
go(Client(), "/verify/ABCD-EFGH-JKMN-PQRS/")
go(Client(), "/health/")
go(Client(), "/ready/")
print(json.dumps([registered, answers]))
"""


def walk(folder, **changes):
    """Walk, and return each page with its answer, and the seconds in all."""
    env = environment(folder, **changes)
    migrate(env)
    registered, answers = json.loads(python(WALK, env))
    assert registered == 1
    return {path: status for path, status, _took in answers}, sum(took for *_rest, took in answers)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return walk(tmp_path_factory.mktemp("usual"))


@pytest.mark.parametrize("how", AWAY)
def test_every_page_works_in_its_usual_time(tmp_path, usual, how):
    with AWAY[how]() as port:
        pages, took = walk(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0")
    usually, seconds = usual
    assert pages == {**usually, "/health/": 503, "/ready/": 503}
    assert took < 2 * seconds + 2
