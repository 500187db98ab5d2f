"""The categories of needs and contributions (docs/rules.md 9.3)."""

from django.db import migrations

CATEGORIES = [
    ("pbl", "Project-based science and mathematics"),
    ("mentor", "Mentors and STEM activities"),
    ("pd", "Staff development and coaching"),
    ("cte", "CTE teachers and technical mathematics"),
    ("curr", "Curriculum, tools and resources"),
    ("techcontent", "Technical content of the network"),
    ("extern", "STEM experiences for teachers"),
    ("practice", "Common practices and learning community"),
    ("pilot", "Pilot schools"),
    ("fund", "Funding, grants and scholarships"),
    ("space", "Rooms, labs and tours"),
    ("equip", "Equipment, kits and software"),
    ("data", "Data, evaluation and research"),
    ("college", "Early college and credit"),
    ("family", "Family and community engagement"),
    ("policy", "Advocacy and publicity"),
    ("hr", "Staff time"),
]


def write_categories(apps, schema_editor):
    Category = apps.get_model("partners", "Category")
    for position, (code, name) in enumerate(CATEGORIES, start=1):
        Category.objects.get_or_create(code=code, defaults={"name": name, "position": position})


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_groups")]
    operations = [migrations.RunPython(write_categories, migrations.RunPython.noop, elidable=False)]
