#!/usr/bin/env bash
# django-simple-history's bulk update writes a history that the table never had, also for rows that are gone.
#
# Guess: bulk_update_with_history(rows, Model, ["name"]) leaves in the history what the table holds afterwards; a row
#        that somebody deleted meanwhile gets none, since nothing was written.
# Seen:  django-simple-history 3.13.0 copies each object as it stands in memory. The column "code", which was not to
#        be written and which somebody else had set to 02100 meanwhile, is in the newest history as 01960 again; a row
#        that was deleted meanwhile gets a change after its deletion. The count that comes back, 1, is right, and two
#        rows of history were written. save(update_fields=["name"]) shares the first, and refuses the second with a
#        DatabaseError and no history.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 90 "$box/venv/bin/pip" install -qq 'django==5.2.19' 'django-simple-history==3.13.0'
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

mkdir "$box/schools"
cat >"$box/schools/models.py" <<'PYTHON'
from django.db import models
from simple_history.models import HistoricalRecords


class School(models.Model):
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=8)
    history = HistoricalRecords()
PYTHON
touch "$box/schools/__init__.py"

cat >"$box/two_at_once.py" <<'PYTHON'
"""One person imports names of schools while another corrects a code and deletes a school."""

import sys

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history", "schools"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError  # noqa: E402
from schools.models import School  # noqa: E402
from simple_history.utils import bulk_update_with_history  # noqa: E402

changed = False


def look(what, seen, now):
    global changed
    print(f"{what}: {now}")
    if seen != now:
        print(f"CHANGED: was {seen}", file=sys.stderr)
        changed = True


def history(name):
    rows = School.history.filter(id=kept[name]).order_by("history_id")
    return list(rows.values_list("history_type", "name", "code"))


call_command("migrate", run_syncdb=True, verbosity=0)
School.objects.create(name="East School", code="01960")
School.objects.create(name="West School", code="01970")
held = list(School.objects.order_by("code"))
kept = {"east": held[0].pk, "west": held[1].pk}

School.objects.filter(pk=kept["east"]).update(code="02100")  # the other person, meanwhile
School.objects.get(pk=kept["west"]).delete()

for school in held:
    school.name = school.name.replace("School", "Middle School")
look("rows updated, as it says", 1, bulk_update_with_history(held, School, ["name"]))
look("the table", [("East Middle School", "02100")], list(School.objects.values_list("name", "code")))
look(
    "history of the first",
    [("+", "East School", "01960"), ("~", "East Middle School", "01960")],
    history("east"),
)
look(
    "history of the second, which was deleted",
    [("+", "West School", "01970"), ("-", "West School", "01970"), ("~", "West Middle School", "01970")],
    history("west"),
)

held[0].save(update_fields=["name"])
look("save(update_fields=[...]) of the first", ("~", "East Middle School", "01960"), history("east")[-1])
try:
    held[1].save(update_fields=["name"])
    refused = False
except DatabaseError:
    refused = True
look("save(update_fields=[...]) of the second: refused, rows of history", (True, 3), (refused, len(history("west"))))

if changed:
    sys.exit("django-simple-history no longer records bulk updates as this finding says.")
print("Still so.")
PYTHON

cd "$box"
timeout 60 "$box/venv/bin/python" "$box/two_at_once.py"
