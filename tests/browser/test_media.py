"""Photos and files that a bot sends. The room stands alone here, and the bot is a few raw calls."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.room import Phone, PracticeRoom
from tests.browser.alone import call
from tests.browser.handset import text_of
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import DESK, visit
from tests.browser.pictures import png

pytestmark = IN_BROWSER


async def test_a_photo_from_a_bot_is_shown_with_its_caption(
    browser: Browser, room: PracticeRoom, somebody: Phone
) -> None:
    async with visit(browser, room.url, DESK) as visited:
        handset = visited.handset()
        photo = {"photo": ("week.png", png(120, 80))}
        await call(room, "sendPhoto", files=photo, chat_id=somebody.id, caption="The week in a picture")
        image = handset.newest.get_by_role("img", name="Photo")
        await expect(image).to_be_visible()
        assert await text_of(handset.newest) == "The week in a picture"
        await image.evaluate("(image) => image.decode()")
        size = await image.evaluate("(image) => [image.naturalWidth, image.naturalHeight]")
        assert size == [120, 80]


async def test_a_file_from_a_bot_shows_its_name_and_size_and_can_be_saved(
    browser: Browser, room: PracticeRoom, somebody: Phone, tmp_path: Path
) -> None:
    content = b"week,finished\n" * 100
    async with visit(browser, room.url, DESK) as visited:
        handset = visited.handset()
        await call(room, "sendDocument", files={"document": ("uptake.csv", content)}, chat_id=somebody.id)
        link = handset.newest.get_by_role("link", name="uptake.csv")
        await expect(link).to_contain_text("1 kB")
        async with visited.page.expect_download() as saving:
            await link.click()
        saved = await saving.value
        assert saved.suggested_filename == "uptake.csv"
        await saved.save_as(tmp_path / "saved")
        assert (tmp_path / "saved").read_bytes() == content


async def test_a_protected_file_is_shown_and_cannot_be_saved(
    browser: Browser, room: PracticeRoom, somebody: Phone
) -> None:
    async with visit(browser, room.url, DESK) as visited:
        handset = visited.handset()
        packet = {"document": ("packet.html", b"<p>Not yet</p>")}
        await call(room, "sendDocument", files=packet, chat_id=somebody.id, protect_content="true")
        await expect(handset.newest).to_contain_text("packet.html")
        await expect(handset.newest).to_contain_text("Cannot be forwarded or saved.")
        await expect(handset.newest.get_by_role("link")).to_have_count(0)
