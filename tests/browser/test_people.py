"""Several people in one room."""

from playwright.async_api import expect

from tests.browser.handset import text_of
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import Visit

pytestmark = IN_BROWSER


async def test_two_phones_stand_side_by_side_and_one_persons_tap_is_not_seen_on_the_other(
    desk: Visit,
) -> None:
    one, other = await desk.new_person(), await desk.new_person()
    left, right = await one.phone.bounding_box(), await other.phone.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] < right["x"]
    assert (left["y"], left["width"], left["height"]) == (right["y"], right["width"], right["height"])

    await one.joins()
    await expect(other.phone.get_by_test_id("start")).to_be_visible()
    await other.joins()
    theirs = [await text_of(message) for message in await other.messages.all()]
    await one.taps("D")
    assert "D, here and with Samir" in await one.reads()
    assert [await text_of(message) for message in await other.messages.all()] == theirs
    await other.taps("A")
    assert "A, here and with Samir" in await other.reads()
    assert "D, here and with Samir" in await one.reads()


async def test_on_a_small_phone_the_names_at_the_top_choose_whose_phone_is_shown(small: Visit) -> None:
    one, other = await small.new_person(), await small.new_person()
    await expect(other.phone).to_be_visible()
    await expect(one.phone).to_be_hidden()
    await other.starts()

    tabs = small.page.get_by_test_id("people")
    name = await one.phone.get_attribute("aria-labelledby")
    first = tabs.get_by_role("button", name=await small.page.locator(f"#{name}").inner_text(), exact=True)
    await first.click()
    await expect(one.phone).to_be_visible()
    await expect(other.phone).to_be_hidden()
    await expect(one.phone.get_by_test_id("start")).to_be_in_viewport()
    await expect(first).to_have_attribute("aria-current", "true")


async def test_a_message_on_the_phone_that_is_not_shown_leaves_a_count_by_its_name(small: Visit) -> None:
    one, other = await small.new_person(), await small.new_person()
    person = await one.phone.get_attribute("data-person")
    tab = small.page.get_by_test_id("people").locator(f"[data-person='{person}']")
    await small.page.request.post(f"/room/people/{person}/say", data={"text": "/start"})
    await expect(tab.get_by_test_id("unread")).to_have_text("1 unread")
    await expect(other.phone).to_be_visible()
    await tab.click()
    await expect(one.button("England")).to_be_in_viewport()
    await expect(tab.get_by_test_id("unread")).to_have_count(0)
