"""What every installation begins with: groups, categories, the letter of invitation, and who should be invited.

The two groups are what roles in the whole partnership are made of; the categories of needs and contributions
are those of docs/rules.md 9.3; the lists of who should be at the table are AMTE P.1 and OAR 581-017-0309.
"""

GROUPS = ("coordinator", "staff")
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
LETTER = {
    "title": "Invitation to an information session",
    "subject": "{organization} and the STEM network: an invitation",
    "body": (
        "Dear {name},\n\n"
        "I would like to invite {organization} to work with us. Districts, colleges, businesses and others "
        "come together in our partnership so that teachers can learn from each other and students get more "
        "out of science, technology, engineering and mathematics.\n\n"
        "Come to our information session. {session} You hear what we do, you tell us about your work, and we talk "
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


def write_groups(apps):
    for name in GROUPS:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


def write_categories(apps):
    Category = apps.get_model("partners", "Category")
    for position, (code, name) in enumerate(CATEGORIES, start=1):
        Category.objects.get_or_create(code=code, defaults={"name": name, "position": position})


def write_letter(apps):
    apps.get_model("partners", "LetterTemplate").objects.get_or_create(title=LETTER["title"], defaults=LETTER)


def write_lists(apps):
    RequiredList = apps.get_model("partners", "RequiredList")
    for slug, name, source, items in LISTS:
        one, made = RequiredList.objects.get_or_create(slug=slug, defaults={"name": name, "source": source})
        for position, (label, groups, sectors) in enumerate(items if made else [], start=1):
            one.items.create(position=position, label=label, stakeholder_groups=groups, sectors=sectors)


def write_presets(apps, schema_editor):
    write_groups(apps)
    write_categories(apps)
    write_letter(apps)
    write_lists(apps)
