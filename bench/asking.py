"""What ten questions and a limit cost who registers, beside registering as it is without them, in one run.

    python -m bench.asking [PEOPLE]

PEOPLE (200) register with a code in each of two networks, in turn: the form is opened, sent, and the code is
typed. The database is in memory. Milliseconds are work of the processor, the median of each network.
"""

import os
import sys
from datetime import timedelta
from statistics import median
from time import process_time
from typing import Any
from unittest import mock

CODE = "123456"


def networks() -> tuple[Any, Any]:
    """Return a network that asks nothing, and one with ten questions, a limit and a place in the room."""
    from tests.factories import a_network, a_partnership
    from tests.registrations.asking.rows import a_choice, a_diet, a_question

    a_partnership()
    plain, asking = (a_network(meetings=5, seats=5_000) for _time in "12")
    type(asking).objects.filter(pk=asking.pk).update(each_organization=4_000)
    first = a_choice(asking)
    a_diet(asking, depends_on=first, depends_values=["Yes"])
    for number in range(8):
        a_question(asking, f"Question {number}")
    asking.refresh_from_db()
    return plain, asking


def registered(network: Any, number: int) -> float:
    """Register one person as a browser does; return the milliseconds of work."""
    from django.test import Client
    from django.urls import reverse

    from registrations.seats.domain.questions import asked_on_registering

    asked = list(asked_on_registering(network))
    typed: dict[str, Any] = {"first_name": "Ana", "last_name": f"Reis {number}", "job": "coordinator"}
    typed |= {"address": f"p{number}-{network.pk}@example.org", "attending": "self", "shown": ""}
    typed |= {"organization": f"District {number % 40}", "organization_choice": "-"}
    typed["asked"] = ",".join(f"{one.question_id}.{one.number}" for one in asked)
    for one in asked:
        typed[f"question_{one.question_id}"] = {"choice": "Yes", "many": ["Vegan"]}.get(
            one.question.kind, "By bus"
        )
    client, address = Client(), reverse("register", args=[network.slug])
    begun = process_time()
    client.get(address)
    page = client.post(address, typed)
    client.post(page["Location"], {"code": CODE})
    return (process_time() - begun) * 1000


def main(people: int = 200) -> None:
    """Register in turn, and write what it took."""
    os.environ |= {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": "", "DEBUG": "1"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment(debug=False)
    from django.core.management import call_command

    from registrations.models import Answer
    from stemnet import codes

    call_command("migrate", verbosity=0)
    with in_time(), mock.patch.object(codes, "fresh", lambda: CODE):
        plain, asking = networks()
        taken: dict[str, list[float]] = {"plain": [], "asking": []}
        for number in range(people + 10):
            for name, network in (("plain", plain), ("asking", asking)):
                taken[name].append(registered(network, number))
    seats = [network.registrations.seated().count() for network in (plain, asking)]
    if seats != [people + 10] * 2 or Answer.objects.count() != 10 * (people + 10):
        raise RuntimeError(f"Not everyone is registered, or not all was answered: {seats}")
    without, asked = (median(taken[name][10:]) for name in ("plain", "asking"))
    sys.stdout.write(
        f"without: {without:.1f} ms, ten questions and a limit: {asked:.1f} ms, {asked / without:.2f} times\n"
    )


def in_time() -> Any:
    """Return the clock at a moment when both networks take people."""
    import time_machine

    from tests.factories import NOW

    return time_machine.travel(NOW + timedelta(minutes=1), tick=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
