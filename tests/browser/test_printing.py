"""What comes out of the printer where somebody prints a page: so many Letter pages, and nothing private."""

import io

import pytest
from pypdf import PdfReader

from tests.browser import pages
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(portal):
    return pages.addresses(portal)


def printed(portal, addresses, browser, name):
    role, path = addresses[name]
    context = browser.new_context()
    if role:
        sign_in(context, portal, role)
    page = context.new_page()
    page.goto(portal.url + path)
    private = [field.input_value() for field in page.locator("input[readonly]").all()]
    pdf = PdfReader(io.BytesIO(page.pdf(format="Letter", prefer_css_page_size=True)))
    context.close()
    words = "".join("".join(one.extract_text().split()) for one in pdf.pages)
    return len(pdf.pages), words, private


def test_a_sheet_of_32_people_is_two_pages(portal, addresses, browser):
    number, words, _private = printed(portal, addresses, browser, "staff_sheet")
    assert (number, "Signature" in words, "Westport,STEcoordinator" in words) == (2, True, True)


def test_the_check_of_a_document_is_one_page(portal, addresses, browser):
    number, words, _private = printed(portal, addresses, browser, "verified")
    assert (number, "Totalhours" in words) == (1, True)


def test_the_grid_of_people_is_on_landscape_pages_with_every_meeting(portal, addresses, browser):
    role, path = addresses["staff_grid"]
    context = browser.new_context()
    sign_in(context, portal, role)
    page = context.new_page()
    page.goto(portal.url + path)
    blocks, meetings = page.locator(".grid-page"), page.locator(".people-grid thead th").all_inner_texts()
    pdf = PdfReader(io.BytesIO(page.pdf(format="Letter", prefer_css_page_size=True)))
    assert {(float(one.mediabox.width), float(one.mediabox.height)) for one in pdf.pages} == {(792.0, 612.0)}
    printed = ["".join(one.extract_text().split()) for one in pdf.pages]
    begins = [number for number, words in enumerate(printed) if "Dartmouth,Districtsciencelead" in words]
    assert len(begins) == blocks.count() == 3
    every = "".join(printed)
    assert [name for name in meetings if "".join(name.split()).lower() not in every.lower()] == []
    context.close()


def test_my_learning_prints_no_private_address(portal, addresses, browser):
    _number, words, private = printed(portal, addresses, browser, "learning")
    assert [len(address) > 40 for address in private] == [True]
    assert ("MathematicsCoordinators" in words, private[0][:60] in words, "/calendar/mine/" in words) == (
        True,
        False,
        False,
    )
