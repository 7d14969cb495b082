"""One Chromium and one `bothand run` for all tests, a browser that remembers nothing for each."""

import os
from collections.abc import AsyncIterator, Generator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.room import Phone, PracticeRoom
from tests.browser import chromium
from tests.browser.handset import Handset
from tests.browser.pages import DESK, SMALL, Visit, visit
from tests.browser.program import Program, running

#: Milliseconds that a page may take on a busy machine before a test gives up on it.
PATIENCE = 15_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What all these tests lack is said once and for all, and not on a line for each of them."""
    report = yield
    match report.longrepr:
        case (_, _, str(why)) if report.skipped and chromium.MISSING in why:
            report.longrepr = (__file__, 1, why)
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium. Without it these tests are skipped; in CI, where it must be there, they fail."""
    path = chromium.find()
    if path is None and os.environ.get("CI"):
        pytest.fail(chromium.MISSING, pytrace=False)
    if path is None:
        pytest.skip(chromium.MISSING)
    expect.set_options(timeout=PATIENCE)
    async with chromium.started(path) as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The practice room in which most tests meet, each with a new person."""
    async with running(tmp_path_factory.mktemp("shared")) as program:
        yield program


@pytest_asyncio.fixture(loop_scope="session")
async def empty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """A practice room that nobody has been in."""
    async with running(tmp_path_factory.mktemp("empty")) as program:
        yield program


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, shared: Program) -> AsyncIterator[Visit]:
    """The page on a desk's screen."""
    async with visit(browser, shared.url, DESK) as visited:
        yield visited


@pytest_asyncio.fixture(loop_scope="session")
async def small(browser: Browser, shared: Program) -> AsyncIterator[Visit]:
    """The page on a phone's screen, 375 pixels wide."""
    async with visit(browser, shared.url, SMALL) as visited:
        yield visited


@pytest_asyncio.fixture(loop_scope="session")
async def at_desk(desk: Visit) -> Handset:
    """A new person, on a desk's screen."""
    return await desk.new_person()


@pytest_asyncio.fixture(loop_scope="session")
async def in_hand(small: Visit) -> Handset:
    """A new person, on a phone's screen."""
    return await small.new_person()


@pytest_asyncio.fixture(loop_scope="session")
async def room(browser: Browser) -> AsyncIterator[PracticeRoom]:
    """A room alone, without Both/And."""
    async with PracticeRoom() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def somebody(room: PracticeRoom) -> Phone:
    """Who has written to the bot of that room, so that it may write to them."""
    phone = room.new_person(name="Practitioner")
    await phone.type("/start", wait=False)
    return phone
