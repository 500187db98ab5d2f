"""The letter of invitation, and the lists of who should be at the table (AMTE P.1; OAR 581-017-0309)."""

from django.db import migrations

LETTER = {
    "title": "Invitation to an information session",
    "subject": "{organization} and the STEM network: an invitation",
    "body": (
        "Dear {name},\n\n"
        "I would like to invite {organization} to work with us. Districts, colleges, businesses and others "
        "come together in our partnership so that teachers can learn from each other and students get more "
        "out of science, technology, engineering and mathematics.\n\n"
        "Come to our information session. You hear what we do, you tell us about your work, and we talk "
        "about what we could do together. It is open, online and short.\n\n"
        "Please tell us whether you are interested:\n{link}\n\n"
        "With kind regards\n{sender}"
    ),
}
AMTE = [
    ("Mathematics teacher educators", ["teacher_educators"], []),
    ("Faculty who teach mathematics and statistics", ["mathematics_faculty"], []),
    ("Faculty in other fields of education", ["education_faculty"], []),
    ("Faculty of teacher preparation in other disciplines", ["other_preparation"], []),
    (
        "PreK-12 school-based personnel",
        ["school_personnel"],
        ["k12_district", "k12_regional", "school", "cte_regional", "charter"],
    ),
    ("Families and community leaders", ["families_community"], ["family_community"]),
    ("Business and industry", ["business_industry"], ["business", "health"]),
]
OREGON = [
    (
        "A school district or education service district",
        [],
        ["k12_district", "k12_regional", "esd_collaborative"],
    ),
    ("A postsecondary partner", [], ["higher_ed_2yr", "higher_ed_4yr", "research_center"]),
    ("A student-focused non-profit organization", [], ["nonprofit", "youth_out_of_school", "museum_informal"]),
    ("An industry or STEM community partner", [], ["business", "health", "labor_workforce"]),
]
LISTS = [
    ("amte-p1", "AMTE list of partners", "AMTE Standards for Preparing Teachers of Mathematics, P.1", AMTE),
    ("oregon-stem-hub", "Oregon rule for a regional STEM hub", "OAR 581-017-0309", OREGON),
]


def write_presets(apps, schema_editor):
    apps.get_model("partners", "LetterTemplate").objects.get_or_create(title=LETTER["title"], defaults=LETTER)
    RequiredList = apps.get_model("partners", "RequiredList")
    for slug, name, source, items in LISTS:
        one, made = RequiredList.objects.get_or_create(slug=slug, defaults={"name": name, "source": source})
        for position, (label, groups, sectors) in enumerate(items if made else [], start=1):
            one.items.create(position=position, label=label, stakeholder_groups=groups, sectors=sectors)


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_categories")]
    operations = [migrations.RunPython(write_presets, migrations.RunPython.noop, elidable=False)]
