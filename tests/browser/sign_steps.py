"""What people do with a memorandum from locking to the signed copies, one function a step."""

import hashlib
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from partners.models import Signature
from tests.browser.mailbox import code_in, link_to, newest_to
from tests.browser.someone import Someone

PAPER = b"%PDF-1.7\n%the printed copy, signed by hand"


def locks(coordinator: Someone, mou: str, *, ready: list[str], waiting: list[str]) -> None:
    """The coordinator reads who is in and who is not ready, and locks with those who are."""
    coordinator.open(mou)
    coordinator.press("Lock for signature")
    rows = coordinator.page.locator
    assert rows("section[aria-labelledby=in] li > a").all_inner_texts() == ready
    assert rows("section[aria-labelledby=out] li > a").all_inner_texts() == waiting
    coordinator.press("Lock and ask the signatories")
    coordinator.told("Locked.")


def opens_to_sign(signatory: Someone, *words: str) -> str:
    """The signatory opens the link of the mail and reads; return the link."""
    link = link_to(signatory.address, "/sign/")
    signatory.open(link)
    signatory.reads(*words)
    return link


def gets_a_fresh_link(signatory: Someone) -> None:
    """The link of the mail ran out; the page says so and sends another to the same address."""
    signatory.open(link_to(signatory.address, "/sign/"), status=410)
    signatory.press("Send me a new link")
    signatory.reads("We sent a new link")


def agrees(signatory: Someone) -> str:
    """The signatory agrees to sign electronically and asks for the code, which comes by mail."""
    signatory.page.get_by_label("I agree to sign electronically").check()
    signatory.press("Send me the code")
    return code_in(newest_to(signatory.address).body)


def signs(signatory: Someone, *, name: str, code: str) -> None:
    """Code, typed name, authority: signed."""
    tries_to_sign(signatory, name=name, code=code)
    signatory.reads("Signed for", "In effect for")


def tries_to_sign(signatory: Someone, *, name: str, code: str) -> None:
    signatory.fill(sign__code=code, sign__typed_name=name)
    signatory.page.locator("[name=sign-authorized]").check()
    signatory.press("Sign")


def records_paper(
    coordinator: Someone, mou: str, organization: str, *, on: str, place: str, scan: Path
) -> None:
    """Staff record a signature that was given by hand, with its scan."""
    scan.write_bytes(PAPER)
    coordinator.open(f"{mou}signatures/")
    coordinator.press(organization)
    coordinator.press("Record a signature on paper")
    coordinator.fill(signed_on=on, place=place)
    coordinator.page.locator("[name=scan]").set_input_files(scan)
    coordinator.page.locator("[name=same]").check()
    coordinator.press("Record the signature")
    coordinator.told("Recorded.")
    coordinator.reads(place)


def keeps_a_copy(who: Someone, href: str, folder: Path) -> Path:
    """Download a file from the page one is on; return where it is."""
    with who.page.expect_download() as downloading:
        who.page.locator(f'main a[href$="{href}"]').first.click()
    copy = folder / downloading.value.suggested_filename
    downloading.value.save_as(copy)
    return copy


def checks(who: Someone, copy: Path, answer: str) -> None:
    """Anybody gives a file to the check page, which computes its hash anew and says what it is."""
    who.open("/verify/")
    who.press("To check a memorandum of understanding")
    who.page.locator("[name=file]").set_input_files(copy)
    who.press("Check")
    status = who.page.locator("main [role=status]")
    expect(status).to_contain_text(answer)
    expect(status).to_contain_text(hashlib.sha256(copy.read_bytes()).hexdigest())


def own_copy(contact: Someone, organization: str, folder: Path) -> Path:
    """A partner's contact finds the signed copy at the partner's own place."""
    contact.open("/partners/mine/")
    contact.reads("Signed copies", organization)
    return keeps_a_copy(contact, "file.pdf", folder)


def altered(copy: Path) -> Path:
    """Return a copy in which one word is another."""
    other = copy.with_name(f"altered-{copy.name}")
    other.write_bytes(copy.read_bytes() + b" ")
    return other


def signed(**more: Any) -> list[str]:
    """Return for whom there is a signature, in the order of signing."""
    rows = Signature.objects.signed().filter(**more).order_by("signed_at", "pk")
    return list(rows.values_list("organization_name", flat=True))


def hands_on(signatory: Someone, *, to: dict[str, str], why: str) -> None:
    """The signatory proves by a code that it is they who say that somebody else signs."""
    signatory.page.get_by_text("Somebody else will sign for us").click()
    signatory.press("Get a code for this")
    code = code_in(newest_to(signatory.address).body)
    signatory.fill(other__name=to["name"], other__title=to["title"], other__address=to["email"])
    signatory.fill(other__reason=why, other__code=code)
    signatory.press("Ask them to sign")
    signatory.reads(to["name"], "Your link no longer works.")


def takes_back(coordinator: Someone, mou: str, *, why: str) -> None:
    """The coordinator takes a document back that nobody has signed."""
    coordinator.open(f"{mou}signatures/")
    coordinator.press("No. ")
    coordinator.page.get_by_text("Unlock the document", exact=True).click()
    coordinator.fill(reason=why)
    coordinator.press("Unlock")
    coordinator.told("Unlocked.")


def declines(signatory: Someone, *, why: str) -> None:
    """The signatory says why, proves by a code that it is they, and declines."""
    signatory.page.get_by_text("I decline", exact=True).click()
    signatory.fill(decline__reason=why)
    signatory.press("Send me a code to decline")
    expect(signatory.page.locator("[name=decline-reason]")).to_have_value(why)
    signatory.fill(decline__code=code_in(newest_to(signatory.address).body))
    signatory.press("Decline")
    signatory.reads("Declined for", why)


def names_another(contact: Someone, other: dict[str, str], *, why: str) -> None:
    """A partner's contact follows the mail that says no, and names somebody else."""
    contact.follow_mail("/signatures/")
    contact.press("Ask again")
    contact.fill(name=other["name"], title=other["title"], address=other["email"], reason=why)
    contact.press("Ask")
    contact.told(f"We asked {other['name']} to sign.")
