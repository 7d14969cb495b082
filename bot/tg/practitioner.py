"""What a practitioner's taps lead to: each is one use of the bot, turned into screens."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.app import forgetting, joining, looking, practising
from bot.app.means import Means
from bot.app.practising import Closed, Debriefed, Refused, Standing, Stranger, Withdrawn
from bot.core.ids import ScenarioId, TelegramId
from bot.core.moments import Moment, day_name, moment
from bot.core.run import Refusal
from bot.core.scenario import Nation
from bot.core.suggest import Why
from bot.logs import trail
from bot.store.database import Database
from bot.tg import browsing, pages, screens
from bot.tg.payloads import (
    Begin,
    Browse,
    Choose,
    Debrief,
    Done,
    Forget,
    Go,
    Keep,
    Leave,
    Open,
    Page,
    SetNation,
    SetRole,
    Tap,
)
from bot.tg.screen import Reply
from bot.tg.screens import View
from bot.tg.spoken import Shown, Spoken

log = logging.getLogger(__name__)

#: Taps after which the message they stood on is done with.
_LEADING_ON = (Begin, Keep, Done, SetNation, SetRole, Forget)

_TAKEN_ALREADY = "That is taken already. Your next screen is below."
_EARLIER = "That was an earlier screen. Here is where you are."


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Everything a practitioner can do. Each method answers one update; nothing is sent from here."""

    database: Database
    means: Means
    clock: Callable[[], datetime]
    spoken: Spoken

    async def tap(self, who: TelegramId, tap: Tap) -> Reply:
        """The answer to a button; one that leads on takes the buttons of its message with it."""
        reply = await self._answer(who, tap)
        return replace(reply, clear=isinstance(tap, _LEADING_ON) and reply.edit is None)

    async def _answer(self, who: TelegramId, tap: Tap) -> Reply:  # noqa: PLR0912 - one case for each kind of tap
        match tap:
            case Choose():
                return await self._choose(who, tap)
            case Open(scenario):
                return await self._open(who, scenario)
            case Begin():
                return await self._begin(who, tap)
            case Keep(scenario, attempt):
                return await self._keep(who, scenario, attempt)
            case Debrief(scenario, attempt):
                return await self._debrief(who, scenario, attempt)
            case Done(scenario, attempt):
                await self.database.run(practising.leave, self.means, who, scenario=scenario, attempt=attempt)
                return await self.practise(who)
            case Go(page):
                return await self._go(who, page)
            case Leave(by, whence):
                return Reply(send=(pages.exit_(by, self.means.shelf, await self.nation(who), whence),))
            case Browse():
                return await self.browse(who, tap)
            case SetNation(nation):
                person = await self.database.run(
                    joining.choose_nation, self.means, who, nation=nation, now=self._now()
                )
                return Reply(send=(pages.roles(nation) if person else pages.welcome(),))
            case SetRole(role):
                person = await self.database.run(joining.choose_role, self.means, who, role=role)
                return await self.practise(who, straight=True) if person else Reply(send=(pages.welcome(),))
            case Forget():
                return await self._forget(who, tap)
            case _:
                assert_never(tap)

    async def begin_here(self, who: TelegramId) -> Reply:
        """/start."""
        person = await self.database.run(joining.person, self.means, who)
        return Reply(send=(pages.back(person) if person and person.nation else pages.welcome(),))

    async def practise(self, who: TelegramId, *, straight: bool = False) -> Reply:
        """What is best now; `straight` opens it at once."""
        seen = await self.database.run(looking.look, self.means, who)
        if seen is None or seen.person.nation is None:
            return Reply(send=(pages.welcome(),))
        found = looking.suggest(seen, self.means, self._now())
        if found is None:
            return Reply(send=(browsing.ways(),))
        if straight:
            return await self._open(who, found.scenario)
        practice = seen.practices.get(found.scenario)
        due = practice.due if practice and found.why is Why.AHEAD else None
        return Reply(
            send=(pages.suggestion(self.means.shelf, found, due=due, waiting=seen.waiting(found.scenario)),)
        )

    async def carry_on(self, who: TelegramId) -> Reply:
        """Back to where they were: the run that was shown last, else what is best now."""
        if (shown := self.spoken.last(self.means.keys.tag(who))) is not None:
            at = await self.database.run(practising.where, self.means, who, scenario=shown.scenario)
            if isinstance(at, Standing):
                return self._show(at)
        return await self.practise(who)

    async def progress(self, who: TelegramId) -> Reply:
        """/progress."""
        seen = await self.database.run(looking.look, self.means, who)
        return Reply(send=(pages.progress(seen, self.means.shelf) if seen else pages.welcome(),))

    async def nation(self, who: TelegramId) -> Nation | None:
        """The nation of somebody who needs help. The way to help never depends on the store: without it, on none."""
        try:
            person = await self.database.run(joining.person, self.means, who)
        except Exception as error:
            log.error("help is given without a nation: %s", trail(error))
            return None
        return person.nation if person else None

    async def my_data(self, who: TelegramId) -> Reply:
        """/mydata."""
        found = await self.database.run(looking.mine, self.means, who, now=self._now())
        return Reply(send=tuple(pages.my_data(found)))

    async def browse(self, who: TelegramId, tap: Browse) -> Reply:
        """A part of the shelf, or a skill's page."""
        if not tap.value:
            return Reply(send=(browsing.groups(tap.by, self.means.shelf),))
        seen = await self.database.run(looking.look, self.means, who)
        return Reply(send=(browsing.page(tap, self.means.shelf, seen),))

    def _now(self) -> Moment:
        return moment(self.clock())

    def _view(self, at: Standing) -> View:
        return View(self.means.shelf, at.nation)

    async def _choose(self, who: TelegramId, tap: Choose) -> Reply:
        found = await self.database.run(
            practising.take,
            self.means,
            who,
            scenario=tap.scenario,
            attempt=tap.attempt,
            turn=tap.turn,
            option=tap.option,
            keep=tap.keep,
            last=self.spoken.acted(self.means.keys.tag(who)) == tap.scenario,
            now=self._now(),
        )
        if isinstance(found, Standing):
            self.spoken.act(self.means.keys.tag(who), tap.scenario)
            if found.repeated and self._was_shown(who, found):
                return Reply(toast=_TAKEN_ALREADY)
            reply = screens.turned(self._view(found), found.scenario, found.run, keep=tap.keep)
            return replace(reply, shows=_shown(found))
        if isinstance(found, Refused) and found.why is Refusal.STALE and isinstance(found.at, Standing):
            return self._stale(found.at, tap)
        return await self._otherwise(who, found)

    def _stale(self, at: Standing, tap: Choose) -> Reply:
        """An old screen: it now reads what was taken, and the newest one follows."""
        same = tap.attempt == at.run.attempt
        edit = screens.past(self._view(at), at.scenario, at.run, tap.turn) if same else None
        return replace(self._show(at), toast=_EARLIER, edit=edit)

    async def _open(self, who: TelegramId, scenario: ScenarioId) -> Reply:
        at = await self.database.run(practising.where, self.means, who, scenario=scenario)
        if isinstance(at, Standing):
            if practising.edited_ahead(self.means, at):
                return Reply(send=(screens.edited(at.scenario, at.run),))
            return self._show(at)
        return await self._otherwise(who, at)

    async def _begin(self, who: TelegramId, tap: Begin) -> Reply:
        found = await self.database.run(
            practising.start,
            self.means,
            who,
            scenario=tap.scenario,
            attempt=tap.attempt,
            turn=tap.turn,
            now=self._now(),
        )
        if not isinstance(found, Standing):
            return await self._otherwise(who, found)
        if self._was_shown(who, found):
            return Reply(toast=_TAKEN_ALREADY)
        self.spoken.act(self.means.keys.tag(who), tap.scenario)
        return self._show(found)

    async def _keep(self, who: TelegramId, scenario: ScenarioId, attempt: int) -> Reply:
        at = await self.database.run(practising.where, self.means, who, scenario=scenario)
        if isinstance(at, Standing) and at.run.attempt == attempt:
            return self._show(at, keep=True)
        return await self._otherwise(who, at)

    async def _debrief(self, who: TelegramId, scenario: ScenarioId, attempt: int) -> Reply:
        found = await self.database.run(practising.tell, self.means, who, scenario=scenario, attempt=attempt)
        if isinstance(found, Debriefed):
            at = found.standing
            due = f"on {day_name(found.due)}" if found.due is not None else None
            return screens.debriefed(self._view(at), at.scenario, at.run, found.debrief, due=due)
        return await self._otherwise(who, found)

    async def _otherwise(
        self, who: TelegramId, found: Standing | Closed | Refused | Withdrawn | Stranger
    ) -> Reply:
        """What is shown where the tap did not lead to what it named."""
        match found:
            case Stranger():
                return Reply(send=(pages.welcome(),))
            case Withdrawn():
                following = await self.practise(who)
                return replace(following, toast="That scenario is no longer on the shelf.")
            case Closed(scenario, attempt):
                return Reply(send=(screens.opening(scenario, attempt=attempt),))
            case Refused(Refusal.EDITED, Standing() as at):
                return Reply(send=(screens.edited(at.scenario, at.run),))
            case Refused(_, Closed() as at):
                return Reply(toast=_EARLIER, send=(screens.opening(at.scenario, attempt=at.attempt),))
            case Refused(_, Standing() as at):
                return replace(self._show(at), toast=_EARLIER)
            case Standing():
                return self._show(found)
            case _:
                raise AssertionError("a refusal without a place")

    async def _go(self, who: TelegramId, page: Page) -> Reply:
        match page:
            case Page.PRACTISE:
                return await self.practise(who)
            case Page.CARRY_ON:
                return await self.carry_on(who)
            case Page.PROGRESS:
                return await self.progress(who)
            case Page.SCENARIOS:
                return Reply(send=(browsing.ways(),))
            case Page.PRIVACY:
                return Reply(send=(pages.privacy(),))
            case Page.HELP:
                return Reply(send=(pages.help_(),))
            case Page.NATIONS:
                return Reply(send=(pages.nations(),))
            case Page.LAW:
                person = await self.database.run(joining.person, self.means, who)
                return Reply(send=(pages.law(self.means.shelf, person.nation if person else None),))
            case Page.ROLES:
                person = await self.database.run(joining.person, self.means, who)
                return Reply(
                    send=(pages.roles(person.nation) if person and person.nation else pages.welcome(),)
                )
            case _:
                assert_never(page)

    def forget(self) -> Reply:
        """/forget: asks first."""
        return Reply(send=(pages.forget(self._now().day),))

    async def _forget(self, who: TelegramId, tap: Forget) -> Reply:
        if not tap.sure:
            return await self.carry_on(who)
        if tap.day != self._now().day:
            return self.forget()
        self.spoken.forget(self.means.keys.tag(who))
        await forgetting.forget(self.database, self.means, who, now=self._now())
        return Reply(send=(pages.forgotten(),))

    def _show(self, at: Standing, *, keep: bool = False) -> Reply:
        screen = screens.here(self._view(at), at.scenario, at.run, keep=keep)
        return Reply(send=(screen,), shows=_shown(at))

    def _was_shown(self, who: TelegramId, at: Standing) -> bool:
        return self.spoken.last(self.means.keys.tag(who)) == _shown(at)


def _shown(at: Standing) -> Shown:
    return Shown(at.run.scenario, at.run.attempt, at.run.turn)
