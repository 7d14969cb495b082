"""One phone on the practice room's page, used as a person would: by what it shows and by clicking."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
#: More decisions than any scenario has.
ENDLESS = 8


@dataclass(frozen=True)
class Handset:
    """A phone and the page that it is on. A test of it reads like the chat."""

    page: Page
    phone: Locator

    @property
    def messages(self) -> Locator:
        """Every message of the chat, both sides."""
        return self.phone.get_by_test_id("message")

    @property
    def newest(self) -> Locator:
        """The newest message of the bot."""
        return self.phone.locator("[data-testid=message][data-from=bot]").last

    @property
    def composer(self) -> Locator:
        """Where one types."""
        return self.phone.get_by_test_id("composer")

    def message(self, number: str) -> Locator:
        """The message of this number."""
        return self.phone.locator(f"[data-message-id='{number}']")

    def button(self, label: str) -> Locator:
        """The button of this name on the newest message."""
        return self.newest.get_by_role("button", name=label, exact=True)

    async def reads(self) -> str:
        """What the newest message of the bot says."""
        return await text_of(self.newest)

    async def sees(self) -> list[str]:
        """The names of the buttons under it."""
        return await self.newest.locator(".key").all_inner_texts()

    async def number(self) -> str:
        """The number of the newest message of the bot; empty if it has not said anything."""
        return await self.newest.get_attribute("data-message-id") or "" if await self.newest.count() else ""

    async def starts(self) -> None:
        """Presses Start; returns when the bot has said something."""
        await self.phone.get_by_test_id("start").click()
        await expect(self.newest).to_be_visible()

    async def taps(self, *labels: str) -> None:
        """Taps these one after another, each on the newest message; returns when the bot has said something new."""
        for label in labels:
            before = await self.number()
            await self.button(label).click()
            await self.hears_more_than(before)

    async def types(self, text: str) -> None:
        """Types and sends; returns when the bot has said something new."""
        before = await self.number()
        await self.composer.fill(text)
        await self.phone.get_by_test_id("send").click()
        await self.hears_more_than(before)

    async def hears_more_than(self, before: str) -> None:
        """Waits until the bot's newest message is another one than this."""
        await expect(self.newest).not_to_have_attribute("data-message-id", before)

    async def joins(self) -> None:
        """From an empty chat to the first scene of "Promise you won't tell"."""
        await self.starts()
        await self.taps("England", "Education", "Begin")

    async def takes(self, letter: str) -> int:
        """Takes the same letter until the debrief is offered; how many decisions that took."""
        for turns in range(ENDLESS):
            if await self.button("Debrief").count():
                return turns
            await self.taps(letter)
        raise AssertionError(f"no debrief after {ENDLESS} decisions")


async def text_of(message: Locator) -> str:
    """What a message says, without the name of whoever says it."""
    said = await message.locator(".bubble__content").inner_text()
    return said.partition(":")[2].strip()
