"""The newest is in sight, unless somebody is reading further up."""

from playwright.async_api import Browser, expect

from bot.room import Phone, PracticeRoom
from tests.browser.alone import call
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import SMALL, visit

pytestmark = IN_BROWSER

LONG = "A line of a long message.\n" * 30


async def test_whoever_reads_further_up_is_left_in_peace_and_told_of_what_is_new(
    browser: Browser, room: PracticeRoom, somebody: Phone
) -> None:
    for _ in range(2):
        await call(room, "sendMessage", chat_id=somebody.id, text=LONG)
    async with visit(browser, room.url, SMALL) as visited:
        handset, pill = visited.handset(), visited.page.get_by_test_id("new-messages")
        log = handset.phone.get_by_test_id("log")
        await log.evaluate("(log) => log.scrollTo(0, 40)")
        await expect(handset.messages.first).to_be_in_viewport()
        for count, words in enumerate(("1 new message", "2 new messages"), 1):
            await call(room, "sendMessage", chat_id=somebody.id, text=f"New, number {count}")
            await expect(pill).to_have_text(words)
        assert await log.evaluate("(log) => log.scrollTop") == 40

        await pill.click()
        await expect(handset.newest).to_be_in_viewport(ratio=1)
        await expect(handset.newest).to_contain_text("New, number 2")
        await expect(pill).to_be_hidden()
        await call(room, "sendMessage", chat_id=somebody.id, text="And one more")
        await expect(handset.newest).to_be_in_viewport(ratio=1)
        await expect(pill).to_be_hidden()
