"""A newcomer plays a whole scenario by clicking."""

import re

from playwright.async_api import Browser, Locator, expect

from tests.browser.handset import EXITS, Handset, text_of
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import DESK, visit
from tests.browser.program import Program

pytestmark = IN_BROWSER


async def written_options(scene: Locator) -> list[str]:
    """The letters that begin a line of the message."""
    return re.findall(r"^([A-D])\s+\S", await text_of(scene), flags=re.MULTILINE)


async def takes_and_checks(handset: Handset, letter: str) -> None:
    """One decision: what stands on the page before it, on the tapped message and on the next one."""
    scene = handset.message(await handset.number())
    letters = [label for label in await handset.sees() if label not in EXITS]
    assert letters == list("ABCD"[: len(letters)])
    assert await written_options(scene) == letters
    assert await handset.sees() == [*letters, *EXITS]
    assert (await handset.reads()).endswith("What do you do?")
    await handset.taps(letter)
    await expect(scene.locator(".key")).to_have_count(0)
    await expect(scene).to_contain_text(f"You took {letter}.")
    await expect(scene).to_contain_text(f"✔ {letter}")
    feedback = await handset.reads()
    for words in ("What changes", f"{letter}, here and with Samir", "Draws on", "Trains: "):
        assert words in feedback
    for right in ("Protects", "Voice"):
        assert re.search(rf"^{right}: (stronger|workable|weaker) [●○]{{3}}$", feedback, flags=re.MULTILINE)


async def plays(handset: Handset, letter: str) -> int:
    """From the first scene to the offer of the debrief; how many decisions that took."""
    turns = 0
    while not await handset.button("Debrief").count():
        await takes_and_checks(handset, letter)
        turns += 1
    assert await handset.sees() == ["Debrief", *EXITS]
    return turns


async def test_a_newcomer_plays_to_the_debrief_then_another_way_and_then_the_next(
    browser: Browser, empty: Program
) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        newcomer = visited.handset()
        await expect(newcomer.phone.get_by_role("heading", name="Both/And")).to_be_visible()
        await expect(newcomer.phone).to_contain_text("It is not a helpline, nobody reads this chat")
        await newcomer.starts()
        assert await newcomer.sees() == ["England", "Wales", "Scotland", "Northern Ireland", *EXITS]
        await newcomer.taps("England", "Education")
        assert (await newcomer.reads()).startswith("Promise you won’t tell")
        assert await newcomer.sees() == ["Begin", "All scenarios", *EXITS]
        await newcomer.taps("Begin")
        first = await newcomer.reads()

        turns = await plays(newcomer, "B")
        assert 4 <= turns <= 6
        ending = newcomer.message(await newcomer.number())
        await newcomer.taps("Debrief")
        await expect(ending.locator(".key")).to_have_count(0)
        await expect(ending).not_to_contain_text("The debrief shows")
        debrief = await newcomer.reads()
        assert debrief.startswith("Debrief: Promise you won’t tell")
        assert re.findall(r"^(\d) · .+: you took B$", debrief, flags=re.MULTILINE) == [
            str(turn) for turn in range(1, turns + 1)
        ]
        assert debrief.count("Samir thought: ") == turns
        for words in ("The road not taken", "Samir, some time later", "For supervision", "It comes back on "):
            assert words in debrief
        assert await newcomer.sees() == ["Try another way", "Next", *EXITS]

        await newcomer.taps("Try another way")
        assert await newcomer.reads() == first
        await plays(newcomer, "A")
        await newcomer.taps("Debrief")
        assert ": you took A\n" in await newcomer.reads()
        await newcomer.taps("Next")
        assert (await newcomer.reads()).startswith("Next for you, from your own field:")
        assert "Promise you won’t tell" not in await newcomer.reads()
        assert await newcomer.sees() == ["Open", "All scenarios", *EXITS]
