"""A whole scenario on a phone's screen, 375 pixels wide and 740 high, without scrolling by hand."""

from dataclasses import dataclass

import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.handset import EXITS, Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import SMALL, visit
from tests.browser.program import Program

pytestmark = IN_BROWSER

#: How a phone looks once it is drawn: what is cut, what has to be scrolled to, how tall the newest text is.
LAYOUT = """async (phone) => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const log = phone.querySelector('[data-testid=log]');
  const newest = [...log.querySelectorAll('[data-from=bot]')].at(-1);
  const bubble = newest.querySelector('.bubble').getBoundingClientRect();
  const { top, bottom, left, right } = log.getBoundingClientRect();
  const inside = (box) => box.top >= top - 1 && box.bottom <= Math.min(bottom, innerHeight) + 1
    && box.left >= left - 1 && box.right <= Math.min(right, innerWidth) + 1;
  const wide = (element) => element.scrollWidth > element.clientWidth;
  const words = (element) => element.textContent.trim();
  const blocks = newest.querySelectorAll('.bubble, .bubble pre, .bubble blockquote');
  return {
    wide: [document.scrollingElement, log, ...blocks].filter(wide).map(words),
    cut: [...phone.querySelectorAll('.key, .key__label')].filter(wide).map(words),
    hidden: [...newest.querySelectorAll('.key')].filter((key) => !inside(key.getBoundingClientRect())).map(words),
    ends: bubble.bottom <= bottom && bubble.bottom - 24 > top,
    height: Math.round(bubble.height),
  };
}"""

#: A sentence in the page's letters, 16 pixels high: how wide it is here, and in Roboto, which most phones write in.
SENTENCE = """() => {
  const line = document.createElement('span');
  line.style.cssText = 'font-size: 16px; white-space: nowrap; position: absolute';
  line.textContent = 'You have six minutes before the bus goes, and she is looking at the door. ' +
    'What do you say first, and what can wait?';
  document.body.append(line);
  const { width } = line.getBoundingClientRect();
  line.remove();
  return width;
}"""
ON_A_PHONE = 811.0


@dataclass(frozen=True)
class Look:
    """How one screen looks."""

    wide: list[str]
    cut: list[str]
    hidden: list[str]
    ends: bool
    height: int
    #: How much wider than a phone's this computer's letters are.
    letters: float


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def looks(browser: Browser, shared: Program) -> dict[str, Look]:
    """Every screen from Start to the debrief and on, with the four exits, just as it came."""
    found: dict[str, Look] = {}
    async with visit(browser, shared.url, SMALL) as visited:
        handset = await visited.new_person()

        letters = max(1.0, await visited.page.evaluate(SENTENCE) / ON_A_PHONE)

        async def looks_after(label: str) -> None:
            look = await handset.phone.evaluate(LAYOUT)
            found[f"{len(found)}: {label}"] = Look(**look, letters=letters)

        await handset.starts()
        await looks_after("Start")
        for label in ("England", "Education", "Begin", *EXITS):
            await handset.taps(label)
            await looks_after(label)
        await handset.types("/skills")
        await looks_after("/skills")
        for label in ("E1", "Carry on"):
            await handset.taps(label)
            await looks_after(label)
        while not await handset.button("Debrief").count():
            await tap_and_settle(handset, "B")
            await looks_after("B")
        await tap_and_settle(handset, "Debrief")
        await looks_after("Debrief")
        await handset.taps("Next")
        await looks_after("Next")
    return found


async def tap_and_settle(handset: Handset, label: str) -> None:
    """Taps, and waits until the tapped message has lost its buttons too."""
    tapped = handset.message(await handset.number())
    await handset.taps(label)
    await expect(tapped.locator(".key")).to_have_count(0)


async def test_nothing_is_wider_than_the_screen(looks: dict[str, Look]) -> None:
    assert {screen: look.wide for screen, look in looks.items() if look.wide} == {}


async def test_no_button_s_name_is_cut(looks: dict[str, Look]) -> None:
    assert {screen: look.cut for screen, look in looks.items() if look.cut} == {}


async def test_options_and_exits_are_in_sight_together_with_the_end_of_the_text(
    looks: dict[str, Look],
) -> None:
    assert {screen: look.hidden for screen, look in looks.items() if look.hidden} == {}
    assert [screen for screen, look in looks.items() if not look.ends] == []


async def test_no_text_is_taller_than_two_screens(looks: dict[str, Look]) -> None:
    """In a phone's letters; where a computer has wider ones only, it may be taller by as much."""
    heights = {screen: round(look.height / look.letters) for screen, look in looks.items()}
    tallest = max(heights, key=lambda screen: heights[screen])
    too_tall = [screen for screen, height in heights.items() if height > 2 * SMALL["height"]]
    assert too_tall == [], f"the tallest is “{tallest}”, {heights[tallest]} pixels; all: {heights}"
