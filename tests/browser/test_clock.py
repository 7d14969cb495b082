"""The room's clock."""

import re
from datetime import datetime, timedelta

from playwright.async_api import Browser, expect

from tests.browser.handset import Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import DESK, Visit, visit
from tests.browser.program import Program

pytestmark = IN_BROWSER

WEEK = timedelta(weeks=1)


async def shown(visited: Visit) -> datetime:
    """What the clock of the room says."""
    said = await visited.page.get_by_test_id("clock").get_attribute("datetime")
    assert said is not None
    return datetime.fromisoformat(said)


async def due(handset: Handset) -> datetime:
    """The day on which the scenario comes back, as the debrief says it."""
    found = re.search(r"It comes back on (\d+ \w+ \d{4})", await handset.reads())
    assert found is not None
    return datetime.strptime(f"{found[1]} +0000", "%d %B %Y %z")


async def test_a_week_forward_brings_the_finished_scenario_back_and_now_takes_it_away(
    browser: Browser, empty: Program
) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        handset, ahead = visited.handset(), visited.page.get_by_test_id("clock-ahead")
        await handset.joins()
        await handset.takes("A")
        await handset.taps("Debrief")
        before = await shown(visited)
        assert before < await due(handset) < before + WEEK
        await handset.taps("Next")
        await handset.types("/practise")
        assert "Promise you won’t tell" not in await handset.reads()

        await visited.page.get_by_test_id("clock-forward-week").click()
        await expect(ahead).to_have_text("1 week ahead")
        assert WEEK <= await shown(visited) - before < WEEK + timedelta(minutes=5)
        await handset.types("/practise")
        assert (await handset.reads()).startswith("This one has come round again.\n\nPromise you won’t tell")

        await visited.page.get_by_test_id("clock-reset").click()
        await expect(ahead).to_have_text("")
        assert timedelta() <= await shown(visited) - before < timedelta(minutes=5)
        await handset.types("/practise")
        assert "Promise you won’t tell" not in await handset.reads()


async def test_an_hour_a_day_and_three_days_add_up(browser: Browser, empty: Program) -> None:
    async with visit(browser, empty.url, DESK) as visited:
        ahead = visited.page.get_by_test_id("clock-ahead")
        for step, words in (("hour", "1 hour"), ("day", "1 day 1 hour"), ("three-days", "4 days 1 hour")):
            await visited.page.get_by_test_id(f"clock-forward-{step}").click()
            await expect(ahead).to_have_text(f"{words} ahead")
