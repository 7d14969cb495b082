"""The page by keyboard alone."""

from playwright.async_api import Browser, Page, expect

from tests.browser.handset import EXITS, Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import DESK, visit
from tests.browser.program import Program

pytestmark = IN_BROWSER

#: Looks at every frame, from the first Tab on, whether the focus has fallen back to nothing.
WATCH_FOCUS = """() => {
  globalThis.lost = 0;
  const look = () => {
    if (!document.activeElement || document.activeElement === document.body) globalThis.lost += 1;
    requestAnimationFrame(look);
  };
  look();
}"""
FOCUSED = "() => document.activeElement.innerText || document.activeElement.ariaLabel || ''"


async def focused(page: Page) -> str:
    """What the focus is on, in words."""
    found: str = await page.evaluate(FOCUSED)
    return found.strip()


async def tabs_to(page: Page, words: str, *, within: int = 16) -> None:
    """Presses Tab until the focus is on what is called this."""
    for _ in range(within):
        if await focused(page) == words:
            return
        await page.keyboard.press("Tab")
    assert await focused(page) == words


async def enters(handset: Handset) -> None:
    """Presses Enter; returns when the bot has said something new."""
    before = await handset.number()
    await handset.page.keyboard.press("Enter")
    await handset.hears_more_than(before)


async def test_the_keyboard_leads_from_the_top_to_a_decision_and_never_loses_its_place(
    browser: Browser, empty: Program
) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        page, handset = visited.page, visited.handset()
        await page.keyboard.press("Tab")
        assert await focused(page) == "Skip to the phones"
        await expect(page.get_by_role("link", name="Skip to the phones")).to_be_in_viewport()
        await page.evaluate(WATCH_FOCUS)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_be_focused()

        await tabs_to(page, "Start", within=3)
        await page.keyboard.press("Enter")
        await expect(handset.button("England")).to_be_focused()
        await enters(handset)
        for label in ("Education", "Begin", "B"):
            await tabs_to(page, label)
            scene = handset.message(await handset.number())
            await enters(handset)

        await expect(scene.locator(".key")).to_have_count(0)
        assert "B, here and with Samir" in await handset.reads()
        await tabs_to(page, "A", within=2)
        await expect(handset.button("A")).to_be_focused()
        for exit_ in EXITS:
            await tabs_to(page, exit_, within=4)
        await tabs_to(page, "Commands", within=2)
        assert await page.evaluate("() => globalThis.lost") == 0
