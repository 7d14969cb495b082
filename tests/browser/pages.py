"""A page of the practice room in a browser that remembers nothing, and everything that it asks for or complains of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.handset import Handset

DESK = ViewportSize(width=1280, height=800)
SMALL = ViewportSize(width=375, height=740)


@dataclass
class Visit:
    """An open page."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def handset(self, number: int = 0) -> Handset:
        """The phone at this place on the page."""
        return Handset(self.page, self.page.get_by_test_id("phone").nth(number))

    async def new_person(self) -> Handset:
        """Presses "New person"; the phone of whoever came."""
        async with self.page.expect_response("**/room/people") as coming:
            await self.page.get_by_test_id("new-person").click()
        person = (await (await coming.value).json())["id"]
        phone = self.page.locator(f"[data-testid=phone][data-person='{person}']")
        await expect(phone).to_be_visible()
        return Handset(self.page, phone)

    def forgive(self, words: str) -> None:
        """Takes complaints with these words away, of which there must be one: the test has caused them."""
        left = [complaint for complaint in self.complaints if words not in complaint]
        assert left != self.complaints, f"nothing complained of {words}"
        self.complaints[:] = left

    @property
    def strangers(self) -> set[str]:
        """Every host that was asked for something, other than this computer."""
        return {str(urlsplit(url).hostname) for url in self.asked if not url.startswith("blob:")} - {
            "127.0.0.1"
        }


@asynccontextmanager
async def visit(browser: Browser, url: str, size: ViewportSize, *, scale: float = 1) -> AsyncIterator[Visit]:
    """Opens the page at this address; at the end, nothing may have left this computer, and nothing complained."""
    small = size["width"] < 720
    context = await browser.new_context(
        base_url=url, viewport=size, device_scale_factor=scale, is_mobile=small, has_touch=small,
        locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce",
    )  # fmt: skip
    try:
        page = await context.new_page()
        visited = Visit(page)
        page.on("request", lambda request: visited.asked.append(request.url))
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: visited.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        await page.goto("/")
        await expect(page.get_by_test_id("phone").first).to_be_attached()
        yield visited
        assert visited.strangers == set()
        assert visited.complaints == []
    finally:
        await context.close()
