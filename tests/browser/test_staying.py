"""The page stays the same as the room, whatever happens to the connection."""

from playwright.async_api import Browser, expect

from bot.room import Phone, PracticeRoom
from tests.browser.alone import call
from tests.browser.handset import text_of
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import DESK, Visit, visit
from tests.browser.program import Program

pytestmark = IN_BROWSER

GONE = "The practice room is not running. This page waits for it."


async def test_a_reload_keeps_the_chat_and_its_buttons_work(desk: Visit) -> None:
    handset = await desk.new_person()
    await handset.joins()
    await handset.taps("B")
    await expect(handset.messages.nth(-2)).to_contain_text("You took B.")
    before = [await text_of(message) for message in await handset.messages.all()]
    await desk.page.reload()
    await expect(handset.messages).to_have_count(len(before))
    assert [await text_of(message) for message in await handset.messages.all()] == before
    await handset.phone.scroll_into_view_if_needed()
    await expect(handset.button("A")).to_be_in_viewport()
    await handset.taps("A")
    assert "A, here and with Samir" in await handset.reads()


async def test_the_page_catches_up_when_the_stream_of_events_breaks_off(
    browser: Browser, room: PracticeRoom, somebody: Phone
) -> None:
    async with visit(browser, room.url, DESK) as visited:
        handset = visited.handset()
        await expect(handset.messages).to_have_count(1)
        async with visited.page.expect_request("**/room/events"):
            room.world.events.close()
            # Said while nobody listens; the page learns of it when it is back.
            await call(room, "sendMessage", chat_id=somebody.id, text="Meanwhile")
        await expect(handset.newest).to_contain_text("Meanwhile")
        await expect(visited.page.get_by_test_id("banner")).to_be_hidden()
        await call(room, "sendMessage", chat_id=somebody.id, text="Since then")
        await expect(handset.newest).to_contain_text("Since then")
        await expect(handset.messages).to_have_count(3)


async def test_a_banner_says_that_the_room_is_gone_and_goes_when_it_is_back(
    browser: Browser, empty: Program
) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        banner = visited.page.get_by_test_id("banner")
        await visited.handset().starts()
        await empty.end()
        await expect(banner).to_have_text(GONE)
        await expect(banner).to_have_attribute("role", "alert")
        await visited.page.get_by_test_id("clock-forward-day").click()
        await expect(visited.page.get_by_test_id("status")).to_contain_text("The clock has not moved.")

        address = empty.url
        await empty.start()
        assert empty.url == address
        await expect(banner).to_be_hidden()
        await expect(visited.page.get_by_test_id("phone")).to_have_count(1)
        # A new room, with new people in it.
        await visited.handset().joins()
        visited.forgive("net::ERR")


async def test_what_was_typed_while_the_room_is_gone_is_given_back(browser: Browser, empty: Program) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        handset = visited.handset()
        await handset.starts()
        await empty.end()
        await handset.composer.fill("/help")
        await handset.phone.get_by_test_id("send").click()
        await expect(handset.phone.get_by_test_id("toast")).to_have_text("The practice room does not answer.")
        await expect(handset.composer).to_have_value("/help")
        visited.forgive("net::ERR")
