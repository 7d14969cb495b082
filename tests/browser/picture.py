"""Draws docs/chat.png, the picture of a chat in the README: `python -m tests.browser.picture`.

It shows a decision in the middle of "Promise you won't tell": what the tap before has changed and why, then the next
scene with its options. Draw it anew whenever the scenario, the screens or the page have changed.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, ViewportSize, expect

from tests.browser import chromium
from tests.browser.handset import Handset
from tests.browser.pages import visit
from tests.browser.program import running

PICTURE = Path(__file__).parents[2] / "docs" / "chat.png"
WIDTH = 375
#: Pixels of the picture for one of the page.
SCALE = 2
LARGEST = 300 * 1024  # bytes
#: A time of no meaning, so that the same chat gives the same picture.
AT = "2026-01-15T10:24:00+00:00"
#: The kind answer that cannot be kept: the tap that most needs its because.
TAKEN = "A"
#: What the newest message takes up on the page with everything above and below it, and a little air.
NEEDED = """(phone) => {
  const log = phone.querySelector('[data-testid=log]');
  const newest = [...log.querySelectorAll('[data-testid=message]')].at(-1);
  return Math.ceil(innerHeight - log.clientHeight + newest.offsetHeight + 15);
}"""


async def draw(browser: Browser, url: str) -> bytes:
    """One phone, just as tall as its newest message needs, as a PNG. The room at `url` has to be a new one."""
    size = ViewportSize(width=WIDTH, height=900)
    async with visit(browser, url, size, scale=SCALE) as visited:
        handset = visited.handset()
        await visited.page.request.post("/room/clock", data={"at": AT})
        await handset.joins()
        scene = handset.message(await handset.number())
        await handset.taps(TAKEN)
        await expect(scene.locator(".key")).to_have_count(0)
        await _fit(handset)
        return await handset.phone.screenshot()


async def _fit(handset: Handset) -> None:
    """Makes the page so tall that the newest message is seen as a whole, and takes the pointer off its buttons."""
    height: int = await handset.phone.evaluate(NEEDED)
    await handset.page.set_viewport_size(ViewportSize(width=WIDTH, height=height))
    await handset.page.mouse.move(0, 0)
    await expect(handset.newest).to_be_in_viewport(ratio=1)


async def main() -> None:
    """Writes the picture; exits with a sentence if it cannot be drawn or is too large."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.MISSING)
    with TemporaryDirectory() as folder:
        async with chromium.started(path) as browser, running(Path(folder)) as program:
            picture = await draw(browser, program.url)
    if len(picture) > LARGEST:
        sys.exit(f"The picture has {len(picture)} bytes, more than {LARGEST}.")
    PICTURE.write_bytes(picture)
    sys.stdout.write(f"{PICTURE.name}: {len(picture)} bytes\n")


if __name__ == "__main__":
    asyncio.run(main())
