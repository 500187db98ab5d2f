"""How long the search of the staff pages takes beside the list of people in Django's own admin.

    DATABASE_URL=postgres://… python -m bench.search [PEOPLE] [TIMES]

Into a database of its own, which may be dropped afterwards, it puts people with an address, a place at one of
400 schools and a seat in one of 100 networks, unless they are there. Then each page is asked for in turn, so
that whatever else the machine does meets all alike; written is the median of the milliseconds, and how many
queries it takes. "Stock" is a ModelAdmin as one writes it first, with Django's own templates: names and
organization in the list, names and addresses searched.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any

PEOPLE, TIMES, SCHOOLS, NETWORKS = 50_000, 15, 400, 100
WHO = "search-bench@example.org"
NOW = datetime(2026, 9, 1, 14, tzinfo=UTC)
FIRST = ("Ana", "Eva", "Łukasz", "Maria", "José", "Kim", "Olga", "Ravi", "Zoë", "Sam", "Lee", "Noor")
LAST = ("Ávila", "Silva", "Nowak", "O’Brien", "de la Cruz", "Medeiros", "Nguyen", "Smith", "Peña", "Costa")
SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ka", "lo", "mi", "ne", "ro", "sa", "te", "vi", "wo", "za")
WORDS = {
    "a rare name": "bacodi",
    "a common name": "silva",
    "two parts of a name, without accents": "avila eva",
    "an address": "person-31415@",
    "two letters": "ka",
    "nobody": "xyzzy",
}
LINE = "{:<52}{:>9.1f} ms{:>6} queries\n"


def fill(people: int) -> None:
    """Put the people there, in batches."""
    from django.db import connection

    from meetings.models import Network
    from partners.models import Organization, Person, PersonEmail, Position
    from registrations.models import Registration
    from tests import factories

    chance = random.Random(50)  # noqa: S311 - the same rows each time
    factories.a_partnership()
    schools = [
        Organization(name=f"School {n}", slug=f"school-{n}", sector="school", city=f"Town {n % 90}")
        for n in range(SCHOOLS)
    ]
    Organization.objects.bulk_create(schools)
    networks = [factories.a_network(seats=people, meetings=0) for _n in range(NETWORKS)]
    names = ["".join(chance.choices(SYLLABLES, k=3)).title() for _n in range(people)]
    persons = [
        Person(first_name=chance.choice(FIRST), last_name=f"{chance.choice(LAST)}-{names[n]}")
        for n in range(people)
    ]
    Person.objects.bulk_create(persons, batch_size=1_000)
    PersonEmail.objects.bulk_create(
        [
            PersonEmail(person=one, address=f"person-{n}@example.org", primary=True, verified_at=NOW)
            for n, one in enumerate(persons)
        ],
        batch_size=1_000,
    )
    positions = [
        Position(person=one, organization=schools[n % SCHOOLS], job="teacher", confirmed_at=NOW)
        for n, one in enumerate(persons)
    ]
    Position.objects.bulk_create(positions, batch_size=1_000)
    Registration.objects.bulk_create(
        [
            Registration(
                network=networks[n % NETWORKS],
                person=one,
                position=positions[n],
                status="seated",
                line=n + 1,
                requested_at=NOW,
                seated_at=NOW,
            )
            for n, one in enumerate(persons)
        ],
        batch_size=1_000,
    )
    Network.objects.update(status="published")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def stock_list() -> Callable[[str], Any]:
    """Return what shows the first page of people in Django's own admin, for the words that are searched."""
    from pathlib import Path

    from django.contrib import admin
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory, override_settings

    from partners.models import Person, User

    class People(admin.ModelAdmin[Person]):
        list_display = ("last_name", "first_name", "language", "created_at")
        search_fields = ("last_name", "first_name", "certificate_name", "emails__address")

    templates = Path(admin.__file__).parent / "templates"
    user = User.objects.filter(is_superuser=True).first() or AnonymousUser()
    people = People(Person, admin.AdminSite(name="admin"))
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [templates],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }

    def show(words: str) -> Any:
        request = RequestFactory().get("/admin/partners/person/", {"q": words} if words else {})
        request.user = user
        with override_settings(TEMPLATES=[engine]):
            return people.changelist_view(request).render()  # type: ignore[attr-defined]

    return show


def search_page() -> Callable[[str], Any]:
    """Return what shows the search of the staff pages, through all that a request passes."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model()._default_manager.get(email=WHO))
    return lambda words: client.get("/staff/search/", {"q": words})


def measured(acts: dict[str, Callable[[], Any]], times: int) -> None:
    """Do all in turn so many times, and write the median of each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took: dict[str, list[float]] = {name: [] for name in acts}
    asked = {}
    for name, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            act()
        asked[name] = len(queries)
    for _time in range(times):
        for name, act in acts.items():
            clock = perf_counter()
            act()
            took[name].append((perf_counter() - clock) * 1000)
    for name in acts:
        sys.stdout.write(LINE.format(name, median(took[name]), asked[name]))


def compare(times: int) -> None:
    """Measure both pages with each of the words, for somebody who may see everything."""
    from partners.models import User
    from tests import factories

    if not User.objects.filter(email=WHO).exists():
        user = factories.a_coordinator(address=WHO).user
        User.objects.filter(pk=user.pk).update(is_superuser=True)
    stock, ours = stock_list(), search_page()
    acts: dict[str, Callable[[], Any]] = {"stock: first page, nothing searched": lambda: stock("")}
    for name, words in WORDS.items():
        acts[f"stock: {name}"] = lambda words=words: stock(words)
        acts[f"search: {name}"] = lambda words=words: ours(words)
    measured(acts, times)


def main(people: int, times: int) -> None:
    """Fill the database where it is empty, and measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    os.environ.setdefault("DEBUG", "1")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from partners.models import Person

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    if Person.objects.count() < people:
        fill(people)
    compare(times)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [PEOPLE, TIMES][len(given) :]))
