"""What people do on the way from a suggestion to the information session, one function a step."""

from datetime import UTC, datetime

from partners.models import Invitation, Organization
from stemnet import jobs
from tests.browser.mailbox import link_to
from tests.browser.someone import Someone


def suggests(who: Someone, organization: str, *, why: str, knows: str, write_to: str) -> None:
    """Anyone signed in says whom to invite, why, and whom they know there."""
    who.open("/partners/")
    who.press("Suggest an organization")
    who.choose(organization, field="workplace")
    who.fill(why=why, knows=knows)
    who.fill(contact_name="Office for partnerships", contact_email=write_to)
    who.press("Send the suggestion")
    who.told(f"We added {organization} to our list")


def sends_letters(coordinator: Someone, *, preview: str, letters: int) -> None:
    """The coordinator looks at the letters, sends them as a job, and sees how far it is."""
    coordinator.open("/staff/")
    coordinator.press("Becoming a partner")
    coordinator.press("Write letters")
    coordinator.press("Preview the letters")
    coordinator.reads("Preview", preview)
    coordinator.press(f"Send {letters} letter")
    coordinator.told("We're sending the letters.")
    task = coordinator.page.url
    coordinator.page.goto("about:blank")  # whoever leaves the page comes back to it
    jobs.run_waiting(at=datetime.now(tz=UTC))
    coordinator.open(task)
    coordinator.reads(f"Done: {letters} of {letters}.")
    coordinator.press("Back to where you started it")


def opens_the_letter(invited: Someone) -> None:
    """Looking at the page changes nothing, however often a scanner of mail does."""
    link = link_to(invited.address, "/invitation/")
    before = asked_of(invited.address)
    for _scan in range(2):
        assert invited.page.request.get(link).ok
    invited.open(link)
    assert asked_of(invited.address) == before == (Invitation.Answer.NONE, "invited")


def asked_of(address: str) -> tuple[str, str]:
    """Return what the invited answered and the stage of their organization."""
    one = Invitation.objects.select_related("organization").get(address=address)
    return one.answer, one.organization.stage


def answers(invited: Someone, *, choice: str, profile: str = "", **more: str) -> None:
    """The invited answer without an account, and describe their work."""
    invited.page.get_by_label(choice).check()
    invited.fill(profile=profile, **more)
    invited.press("Send my answer")
    invited.told("Thank you. Your answer:")


def sees_the_way(coordinator: Someone, organization: str, *words: str) -> None:
    """The coordinator finds on the board where an organization stands, and reads how it came there."""
    coordinator.open("/staff/partners/way/")
    coordinator.press(organization)
    coordinator.reads(*words)


def stage_of(name: str) -> str:
    return Organization.objects.get(name=name).stage
