"""The headers of files that other programs write, and what is guessed for each."""
# ruff: noqa: E501 - headers as they are written

import pytest

from partners.importing.imports.guessing import guess

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,Website 1 - Value"
)
GOOGLE_BEFORE = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Notes,Language,Photo,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,"
    "Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,"
    "Assistant's Phone,Business Fax,Business Phone,Company Main Phone,Mobile Phone,Account,Anniversary,"
    "Assistant's Name,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,"
    "E-mail 2 Type,E-mail 2 Display Name,Gender,Initials,Language,Location,Manager's Name,Notes,Web Page"
)
PEOPLE = {
    "Google Contacts": (
        GOOGLE,
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Organization Name": "organization",
            "Organization Title": "title",
            "E-mail 1 - Value": "address",
            "E-mail 2 - Value": "addresses",
        },
    ),
    "Google Contacts, before": (
        GOOGLE_BEFORE,
        {
            "Given Name": "first_name",
            "Family Name": "last_name",
            "Organization 1 - Name": "organization",
            "Organization 1 - Title": "title",
            "E-mail 1 - Value": "address",
            "E-mail 2 - Value": "addresses",
        },
    ),
    "Outlook": (
        OUTLOOK,
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Company": "organization",
            "Job Title": "title",
            "E-mail Address": "address",
            "E-mail 2 Address": "addresses",
        },
    ),
    "Constant Contact": (
        "First name,Last name,Company,Job title,Email address - other,Email address - work,Phone number - work",
        {
            "First name": "first_name",
            "Last name": "last_name",
            "Company": "organization",
            "Job title": "title",
            "Email address - work": "address",
            "Email address - other": "addresses",
        },
    ),
    "Constant Contact, one address": (
        "Email address - other,First name,Last name",
        {"Email address - other": "address", "First name": "first_name", "Last name": "last_name"},
    ),
    "Mailchimp": (
        "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,TAGS",
        {"Email Address": "address", "First Name": "first_name", "Last Name": "last_name"},
    ),
    "Eventbrite": (
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
        "Currency,Total Paid,Fees Paid,Attendee Status,Job Title,Company",
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Email": "address",
            "Job Title": "title",
            "Company": "organization",
        },
    ),
    "Google Forms": (
        "Timestamp,Email Address,First and Last Name,What school district do you work in?,What is your job title?",
        {
            "Email Address": "address",
            "First and Last Name": "full_name",
            "What school district do you work in?": "organization",
            "What is your job title?": "title",
        },
    ),
    "a sign-in sheet": (
        "Name,School District,Title,E-mail",
        {"Name": "full_name", "School District": "organization", "Title": "title", "E-mail": "address"},
    ),
}
ORGANIZATIONS = {
    "ELSI, districts": (
        "Agency Name,State Name [District] Latest available year,Agency ID - NCES Assigned [District] Latest available "
        "year,County Name [District] 2022-23,Location City [District] 2022-23,Location State Abbr [District] 2022-23,"
        "Location ZIP [District] 2022-23,Web Site URL [District] 2022-23,Total Students [District] 2022-23",
        {
            "Agency Name": "name",
            "Location City [District] 2022-23": "city",
            "Location State Abbr [District] 2022-23": "state",
            "County Name [District] 2022-23": "region",
            "Web Site URL [District] 2022-23": "website",
            "Agency ID - NCES Assigned [District] Latest available year": "nces_id",
        },
    ),
    "ELSI, schools": (
        "School Name,State Name [Public School] Latest available year,Agency Name [Public School] 2022-23,"
        "Location City [Public School] 2022-23,School ID (12-digit) - NCES Assigned [Public School] Latest year",
        {
            "School Name": "name",
            "State Name [Public School] Latest available year": "state",
            "Agency Name [Public School] 2022-23": "part_of",
            "Location City [Public School] 2022-23": "city",
            "School ID (12-digit) - NCES Assigned [Public School] Latest year": "nces_id",
        },
    ),
    "CCD": (
        "SCHOOL_YEAR,ST,STATENAME,LEA_NAME,ST_LEAID,LEAID,LCITY,LSTATE,LZIP,PHONE,WEBSITE",
        {
            "ST": "state",
            "LEA_NAME": "name",
            "ST_LEAID": "state_org_code",
            "LEAID": "nces_id",
            "LCITY": "city",
            "WEBSITE": "website",
        },
    ),
    "a state": (
        "LEA Name,Location City,State Name,District Code,County",
        {
            "LEA Name": "name",
            "Location City": "city",
            "State Name": "state",
            "District Code": "state_org_code",
            "County": "region",
        },
    ),
    "Massachusetts": (
        "Org Name,Org Code,Function,Contact Name,Address 1,Address 2,Town,State,Zip,Phone,Fax",
        {"Org Name": "name", "Org Code": "state_org_code", "Town": "city", "State": "state"},
    ),
    "a list of partners": ("School District,City", {"School District": "name", "City": "city"}),
}


@pytest.mark.parametrize(
    ("kind", "header", "meant"),
    [("people", *one) for one in PEOPLE.values()]
    + [("organizations", *one) for one in ORGANIZATIONS.values()],
    ids=[*PEOPLE, *ORGANIZATIONS],
)
def test_header_of_a_program_is_guessed(kind, header, meant):
    names = header.split(",")
    guessed = guess(kind, names)
    assert {names[int(place)]: field for place, field in guessed.items()} == meant


def test_title_that_is_how_people_are_addressed_is_no_job():
    header = ["Title", "First Name", "Last Name"]
    assert guess("people", header, [["Ms.", "A", "B"], ["Dr.", "C", "D"]]) == {
        "1": "first_name",
        "2": "last_name",
    }
    assert guess("people", header, [["Coach", "A", "B"]])["0"] == "title"


def test_column_that_its_field_could_not_read_is_left_out():
    rows = [["A", "Elementary"], ["B", "Secondary"]]
    assert guess("organizations", ["name", "school type"], rows) == {"0": "name"}
    rows = [["A", "Charter School"], ["B", "High school"]]
    assert guess("organizations", ["name", "org type"], rows) == {"0": "name", "1": "sector"}
