"""Answers an evaluation as somebody does on a phone: step by step, up to the last."""

from playwright.sync_api import Page


def answer_steps(page: Page, *, words: str = "") -> None:
    """Choose the first answer everywhere, and write ``words`` into the first box; send nothing."""
    ahead = page.get_by_role("button", name="Next")
    while True:
        for group in page.locator("fieldset:has(input[type=radio]):visible").all():
            group.locator("input[type=radio]").first.check()
        if words and page.locator("textarea:visible").count():
            page.locator("textarea:visible").first.fill(words)
        if not ahead.is_visible():
            return
        ahead.click()
