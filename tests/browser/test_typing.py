"""Whatever is typed or sent gets the same kind reply, and goes from the chat."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.handset import Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pictures import png
from tests.browser.program import Program

pytestmark = IN_BROWSER

TYPED = "Kasimira from the blue house told me"
REPLY = (
    "I can’t read or pass on messages, and I have not kept this one.",
    "I have deleted your message from this chat.",
    "ring 999",
)
NOTE = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"Kasimira")
SNAP = FilePayload(name="snap.png", mimeType="image/png", buffer=png(60, 40))


def kept_in(folder: Path, words: str) -> list[str]:
    """The files under this folder that hold these words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def test_typed_text_is_answered_with_help_and_gone_from_the_chat_and_kept_nowhere(
    at_desk: Handset, shared: Program
) -> None:
    await at_desk.joins()
    scene = await at_desk.reads()
    own = at_desk.phone.locator("[data-testid=message][data-from=person]")
    before = await own.count()
    await at_desk.types(TYPED)
    for words in REPLY:
        assert words in await at_desk.reads()
    await expect(own).to_have_count(before)
    await expect(at_desk.button("No, carry on")).to_be_in_viewport(ratio=1)
    await expect(at_desk.page.get_by_text(TYPED)).to_have_count(0)
    await expect(at_desk.composer).to_have_value("")
    assert kept_in(shared.folder, TYPED) == []

    await at_desk.taps("No, carry on")
    assert await at_desk.reads() == scene


@pytest.mark.parametrize("file", [NOTE, SNAP], ids=["a document", "a photo"])
async def test_a_file_gets_the_same_reply_and_is_gone(
    at_desk: Handset, shared: Program, file: FilePayload
) -> None:
    await at_desk.joins()
    before, messages = await at_desk.number(), await at_desk.messages.count()
    await at_desk.phone.get_by_role("button", name="More").click()
    async with at_desk.page.expect_file_chooser() as choosing:
        await at_desk.phone.get_by_test_id("send-file").click()
    await (await choosing.value).set_files(file)
    await at_desk.hears_more_than(before)
    for words in REPLY:
        assert words in await at_desk.reads()
    await expect(at_desk.messages).to_have_count(messages + 1)
    await expect(at_desk.phone.locator("img, .file")).to_have_count(0)
    for words in (file["name"], "Kasimira"):
        assert kept_in(shared.folder, words) == []
