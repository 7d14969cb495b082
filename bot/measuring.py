"""How long the bot's own screens are: rendered only where they could be too long, because that takes the most time."""

from collections.abc import Iterator, Mapping, Sequence

from bot.core.debrief import debrief
from bot.core.run import Run, Taken, holds, offered, stand
from bot.core.scenario import Echo, Ending, Nation, Option, Scenario
from bot.core.shelf import Shelf
from bot.library.authoring import WrittenScenario
from bot.library.remarks import Remark
from bot.library.sizes import SOFT_SCREEN, Render, size_remarks, units
from bot.library.source import Source
from bot.library.wording import readable
from bot.tg import screens
from bot.tg.screen import plain

#: Units of a turn's screen that are no text of the author's: headings, ratings, letters, the names of skills.
FRAME = 700
#: The debrief names no day here; any of the bot's has fewer characters than this one.
_SOME_DAY = "30 September 2026"


def sizes(shelf: Shelf, scenario: Scenario, source: Source) -> list[Remark]:
    """What is said of the length of each screen of a sound scenario, whose file is `source`."""
    written = readable(source, WrittenScenario).written
    assert written is not None, "it was sound a moment ago"
    return size_remarks(scenario, written, source, render=renders(shelf, scenario))


def renders(shelf: Shelf, scenario: Scenario) -> Render:
    """The bot's own screens as they are read. What cannot be too long, whatever the frame, is left out."""
    edition = shelf.editions[scenario.id]

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        run = Run(scenario.id, edition, 1, taps)
        if at_most(shelf, scenario, run) > SOFT_SCREEN:
            for nation in Nation:
                view = screens.View(shelf, nation)
                yield "turn", plain(screens.here(view, scenario, run).text)
        if isinstance(stand(scenario, run).at, Ending):
            found = debrief(scenario, run)
            assert found is not None
            view = screens.View(shelf, None)
            reply = screens.debriefed(view, scenario, run, found, due=_SOME_DAY)
            yield from (("debrief", plain(sent.text)) for sent in reply.send)

    return render


def at_most(shelf: Shelf, scenario: Scenario, run: Run) -> int:
    """More units than the screen of this turn can have, without rendering it."""
    now = stand(scenario, run)
    size = FRAME + units(now.at.title) + units(now.at.text) + _echoed(now.at.echoes, now.variables)
    if run.taken:
        scene, option = run.taken[-1]
        at = scenario.scene(scene)
        assert at is not None
        taken = next(each for each in at.options if each.id == option)
        size += units(taken.changes) + units(taken.because) + _law(shelf, taken)
    if isinstance(now.at, Ending):
        return size
    said = units(now.at.says or "")
    return size + said + sum(units(option.text) for option in offered(now.at, now.variables))


def _echoed(echoes: Sequence[Echo], variables: Mapping[str, int]) -> int:
    return sum(units(echo.text) for echo in echoes if holds(echo.when, variables))


def _law(shelf: Shelf, option: Option) -> int:
    """The longest that any nation's legal sentence is."""
    if option.law is None:
        return 0
    laws = (nation.law[option.law].text for nation in shelf.help.values() if option.law in nation.law)
    return max(map(units, laws), default=0)
