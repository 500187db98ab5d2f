"""The names that columns have in files of other programs, the surest of each field first.

Google Contacts (both forms), Outlook, Constant Contact, Mailchimp, Eventbrite, Google Forms, the tables of
the National Center for Education Statistics (CCD, ELSI) and lists of states.
tests/partners/importing/test_guessing.py has a header of each.
"""

import re
from collections.abc import Mapping

from partners.models import Sector
from stemnet.wording import compared

SCHOOLS = ("school name", "sch name", "school", "building name", "campus name")
DISTRICTS = (
    "agency name",
    "lea name",
    "leaname",
    "district name",
    "dist name",
    "school district name",
    "school district",
    "district",
    "lea",
    "agency",
    "local education agency",
)
NAME = (
    "organization name",
    "organization",
    "organisation",
    "org name",
    "institution name",
    *SCHOOLS,
    *DISTRICTS,
    "institution",
    "entity name",
    "partner name",
    "partner",
    "company name",
    "company",
    "account name",
    "organization 1 name",
    "name of organization",
)
ALIASES = (
    "other name",
    "alias",
    "aliases",
    "former name",
    "former names",
    "also known as",
    "aka",
    "nickname",
    "acronym",
)
CITY = (
    "city",
    "location city",
    "lcity",
    "city town",
    "municipality",
    "physical city",
    "street city",
    "district city",
    "school city",
    "business city",
    "address city",
    "address 1 city",
    "mailing city",
    "mcity",
    "company address work city",
)
STATE = (
    "st",
    "state two letters",
    "state code us",
    "state abbr",
    "location state abbr",
    "location state",
    "lstate",
    "state abbreviation",
    "state name",
    "statename",
    "stabr",
    "physical state",
    "business state",
    "address state",
    "address 1 region",
    "mailing state abbr",
    "mailing state",
    "mstate",
)
SECTOR = (
    "kind",
    "category",
    "organization type",
    "org type",
    "type",
    "agency type",
    "lea type text",
    "school type",
)
LEVEL = ("reach", "scope")
WEBSITE = (
    "web",
    "web site",
    "url",
    "homepage",
    "home page",
    "web address",
    "link",
    "web site url",
    "website url",
    "website 1 value",
    "web page",
    "district website",
    "school website",
    "www",
)
REGION = ("county", "county name", "area", "esd name", "esdname", "service region")
CODE = (
    "code",
    "org code",
    "organization code",
    "state org code",
    "district code",
    "dist code",
    "lea code",
    "leacode",
    "school code",
    "schoolcode",
    "state district id",
    "state agency id",
    "state school id",
    "st leaid",
    "st schid",
    "district id",
    "school id",
    "institution id",
    "dese code",
    "ospi code",
    "cds code",
)
NCES = (
    "nces id",
    "nces number",
    "ncessch",
    "school id 12 digit nces assigned",
    "nces school id",
    "school nces id",
    "school id nces assigned",
    "agency id nces assigned",
    "nces district id",
    "nces lea id",
    "leaid",
)
PART_OF = ("parent", "parent organization", "belongs to", "parent account")
FIRST_NAME = (
    "first",
    "given name",
    "forename",
    "firstname",
    "fname",
    "attendee first name",
    "contact first name",
)
LAST_NAME = (
    "last",
    "surname",
    "family name",
    "lastname",
    "lname",
    "attendee last name",
    "attendee surname",
    "contact last name",
)
FULL_NAME = (
    "name",
    "participant",
    "participant name",
    "educator",
    "educator name",
    "teacher name",
    "teacher",
    "contact",
    "contact name",
    "attendee",
    "attendee name",
    "your name",
    "first and last name",
    "name first and last",
    "first name and last name",
    "display name",
    "staff name",
    "superintendent",
    "principal",
)
CERTIFICATE_NAME = ("certificate name", "printed name")
ADDRESS = (
    "email",
    "email address",
    "e mail address",
    "e mail 1 value",
    "mail",
    "work email",
    "email address work",
    "primary email",
    "attendee email",
    "contact email",
    "your email",
    "school email",
    "district email",
    "username",
)
ADDRESSES = (
    "other email",
    "other emails",
    "second email",
    "secondary email",
    "personal email",
    "other e mail",
    "email address other",
    "email address home",
    "home email",
    "alternate email",
    "buyer email",
    *(f"e mail {number} {what}" for number in range(2, 6) for what in ("value", "address")),
    *(f"email {number}" for number in range(2, 6)),
)
ORGANIZATION = (
    "organization name",
    "organization 1 name",
    "company",
    "company name",
    "employer",
    "workplace",
    "affiliation",
    "institution",
    "institution name",
    *SCHOOLS,
    *DISTRICTS,
    "school district organization",
    "school or district",
    "district school",
    "school organization",
    "district organization",
    "place of work",
    "org",
    "org name",
)
JOB = ("role", "job category", "position type")
TITLE = (
    "job title",
    "organization title",
    "organization 1 title",
    "position",
    "position title",
    "work title",
    "title position",
    "title role",
    "profession",
    "title",
)
STAKEHOLDER_GROUP = ("stakeholder", "stands for")
STARTED_ON = ("start", "since", "start date", "from date", "begins")
ENDED_ON = ("end", "to", "end date", "until date", "ends")

SECTORS: Mapping[str, str] = {
    words: sector
    for sector, said in {
        Sector.K12_DISTRICT: (
            "district",
            "public school district",
            "local school district",
            "regular local school district",
            "1 regular local school district",
            "1 regular local school district that is not a component of a supervisory union",
            "regular public school district",
            "unified school district",
        ),
        Sector.K12_REGIONAL: (
            "regional district",
            "regional school",
            "2 local school district that is a component of a supervisory union",
        ),
        Sector.SCHOOL: (
            "public school",
            "regular school",
            "1 regular school",
            "elementary school",
            "middle school",
            "high school",
            "private school",
        ),
        Sector.CTE_REGIONAL: (
            "vocational school",
            "career and technical education school",
            "regional vocational technical school",
        ),
        Sector.CHARTER: (
            "charter",
            "charter district",
            "7 independent charter district",
            "independent charter district",
            "charter school agency",
        ),
        Sector.ESD_COLLABORATIVE: (
            "collaborative",
            "educational collaborative",
            "educational service district",
            "education service district",
            "esd",
            "4 regional education service agency",
            "regional education service agency",
            "service agency",
        ),
        Sector.HIGHER_ED_2YR: ("community college",),
        Sector.HIGHER_ED_4YR: ("university", "college", "institution of higher education"),
        Sector.STATE_AGENCY: ("5 state operated agency", "state operated agency", "state agency"),
        Sector.NONPROFIT: ("nonprofit", "non profit", "501 c 3"),
    }.items()
    for words in said
}

# A question of a form says what it asks in some of its words; columns about somebody or something else say
# so, too.
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "full_name",
        re.compile(r"\b(?:first and last|last and first|full) names?\b|\b(?:your|participant) name\b"),
    ),
    ("first_name", re.compile(r"\bfirst name\b")),
    ("last_name", re.compile(r"\blast name\b")),
    ("address", re.compile(r"\be ?mail\b")),
    (
        "organization",
        re.compile(r"\b(?:organization|employer|school|district|university|college|workplace)\b"),
    ),
    ("title", re.compile(r"\b(?:job title|position|title)\b")),
)
ELSEWHERE = re.compile(
    r"\b(?:label|type|display|phonetic|yomi|department|assistant|assistants|manager|managers|emergency|code|id|phone|"
    r"status|symbol|notes|supervisor|leader|year|grade|grades|number|students|level|county|address [12]|zip|"
    r"fax|password|account|middle|maiden|spouse|child)\b"
)


def bare_header(name: str) -> str:
    """Return a header as headers are compared, without the "[District] 2022-23" that ELSI puts behind it."""
    return compared(re.sub(r"\[[^\]]*\].*", "", name)) or compared(name)
