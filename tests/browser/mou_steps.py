"""What people do with a memorandum before it is locked, one function a step."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.someone import Someone


def begins_the_memorandum(coordinator: Someone, **dates: str) -> str:
    """The coordinator begins a memorandum with the standard sections; return its address."""
    coordinator.open("/mou/")
    coordinator.press("New MOU")
    coordinator.fill(**dates)
    coordinator.press("Start")
    coordinator.told("The memorandum is started")
    return urlsplit(coordinator.page.url).path


def circulates(coordinator: Someone, mou: str, *, version: int, note: str = "") -> None:
    """The coordinator lets every partner read a version of the shared text."""
    coordinator.open(mou)
    coordinator.press(f"Version {version}")
    coordinator.press("Circulate this version")
    if note:
        coordinator.fill(note=note)
    coordinator.press("Circulate")
    coordinator.told("The partners can read it")


def asks_for_a_part(
    coordinator: Someone,
    mou: str,
    organization: str,
    *,
    drafter: str,
    lead: str = "",
    due: str = "",
    known: str = "",
) -> None:
    """The coordinator asks a partner for its part and says who writes it.

    ``known`` is the contact whose address has another name, which the portal asks about.
    """
    coordinator.open(mou)
    coordinator.press("Ask for a part")
    coordinator.choose(organization, field="organization")
    coordinator.fill(drafter_email=drafter, drafter_first="Drafter", drafter_last=organization)
    if lead:
        coordinator.fill(lead_email=lead, lead_first="Lead contact", lead_last=organization)
    coordinator.press("Ask")
    if known:
        coordinator.reads("Is that who you mean?")
        coordinator.page.locator(f"[name={known}_sure]").check()
        coordinator.press("Ask")
    coordinator.told(f"We asked {organization} for its part.")
    if due:
        coordinator.reads(due)


def sees_the_board(coordinator: Someone, mou: str, **counts: int) -> None:
    """The board of who is missing counts parts that are missing, overdue, waiting, ready and signed."""
    coordinator.open(mou)
    coordinator.press("Parts still missing")
    stats = coordinator.page.locator(".mou-counts .stat")
    for word, number in counts.items():
        expect(stats.filter(has_text=word).locator("b")).to_have_text(str(number))


def writes(drafter: Someone, **words: str) -> None:
    """The drafter types, and it is saved without a button."""
    with drafter.page.expect_response(lambda answer: answer.request.method == "POST"):
        drafter.fill(**words)
    expect(drafter.page.locator("#saved")).to_contain_text("Saved by")


def submits(drafter: Someone, **words: str) -> None:
    drafter.fill(**words)
    drafter.press("Submit")
    drafter.told("Submitted.")


def may_not_submit_without_a_signatory(drafter: Someone) -> None:
    drafter.press("Submit")
    drafter.told("name, title and e-mail address")


def names_the_signatory(drafter: Someone, *, name: str, title: str, email: str) -> None:
    drafter.fill(signatory_name=name, signatory_title=title, signatory_email=email)


def meets_a_conflict(editor: Someone, *, field: str, mine: str, theirs: str) -> None:
    """Somebody saved meanwhile: both texts are shown, and one made of both is saved."""
    with editor.page.expect_response(lambda answer: answer.request.method == "POST"):
        editor.fill(**{field: mine})
    expect(editor.page.locator("#saved")).to_contain_text("Someone else changed this")
    editor.press("Save")
    both = editor.page.get_by_role("alert")
    for words in ("Saved version", theirs, "Your version", mine):
        expect(both).to_contain_text(words)
    expect(editor.page.locator(f"[name={field}]")).to_have_value(f"{theirs}\n{mine}")
    editor.press("Save")
    editor.told("Saved.")


def judges(coordinator: Someone, part: str, *, comment: str = "") -> None:
    """The coordinator follows the mail to a part that was submitted; accepts it, or returns it."""
    coordinator.follow_mail(part)
    if comment:
        coordinator.fill(text=comment)
        coordinator.press("Return with this comment")
        coordinator.told("The part is returned with your comment.")
    else:
        coordinator.press("Accept")
        coordinator.told("The part is accepted.")


def offers_as_a_model(coordinator: Someone, mou: str, part: str, *, title: str) -> None:
    coordinator.open(f"{mou}board/")
    coordinator.press(
        "Contacts and due date", within=coordinator.page.get_by_role("row").filter(has_text=part)
    )
    coordinator.fill(model_title=title)
    coordinator.press("Save")


def begins_from(drafter: Someone, model: str, *, owner: str) -> None:
    """The drafter copies the model, and the part says whose words it began with."""
    drafter.page.locator("[name=model]").select_option(label=model)
    drafter.press("Copy it here")
    drafter.reads(f"Started from a copy of the part of {owner}.")


def proposes(partner: Someone, mou: str, heading: str, *, old: str, new: str, why: str) -> None:
    """A partner proposes other words for a section of the shared text."""
    partner.open(f"{mou}text/")
    section = partner.page.locator("section").filter(has=partner.page.get_by_role("heading", name=heading))
    partner.press("Propose a change", within=section)
    body = partner.page.locator("[name=body]")
    text = body.input_value()
    assert old in text, text
    body.fill(text.replace(old, new))
    partner.fill(why=why)
    partner.press("Propose")
    partner.told("The coordinator will decide")


def decides(coordinator: Someone, mou: str, heading: str, *, decline: str = "") -> None:
    """The coordinator accepts a proposed change, or declines it and says why."""
    coordinator.open(mou)
    coordinator.press("Proposed changes")
    coordinator.press(heading)
    if decline:
        coordinator.fill(reason=decline)
        coordinator.press("Decline")
        coordinator.told("Declined. We'll tell the partner why.")
    else:
        coordinator.press("Accept")
        coordinator.told("in the draft of the next version.")


def changes_the_text(coordinator: Someone, mou: str, heading: str, *, to: str) -> None:
    """The coordinator begins the next version of the shared text and writes one section anew."""
    coordinator.open(f"{mou}text/")
    coordinator.press("Start the next version")
    section = coordinator.page.locator("section").filter(
        has=coordinator.page.get_by_role("heading", name=heading)
    )
    coordinator.press("Change", within=section)
    coordinator.fill(body=to)
    coordinator.press("Save")
    coordinator.told("Saved.")


def gives(drafter: Someone, *, category: str, detail: str) -> None:
    """The drafter writes down a contribution by its category; it is signed with the part."""
    drafter.press("Save, and add needs and contributions")
    drafter.page.locator("[name=give-category]").select_option(category)
    drafter.fill(give__detail=detail)
    drafter.page.locator("[name=give-public]").check()
    drafter.press("Add the contribution")
    drafter.told("Added.")
    drafter.reads(detail)
    drafter.press("Back to the part")
