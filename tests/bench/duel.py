"""Several bots at the same play, round by round in turn: what a turn costs each, and their ratios."""

import contextlib
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import script
from .machine import busy_seconds, cpu_seconds
from .processes import Bot, FakeApi, bot

#: Rounds during which others used more than this share of a core do not count.
FOREIGN = 0.25
#: So many rounds without others are enough.
ENOUGH = 3
#: Above this share of a core the other end could be what is measured.
SERVER_LIMIT = 0.70
#: Turns of everybody before anything is measured.
WARM_UP = 8
#: Turns in which a whole scenario is certainly played from one beginning to the next.
RECORDED = 40


@dataclass(frozen=True, slots=True)
class Contender:
    """Who takes part."""

    name: str
    shown: str
    share: float = 1.0  #: of the turns, for somebody very slow


@dataclass(frozen=True, slots=True)
class Round:
    """One contender in one round."""

    turns: int
    cpu: float  #: seconds, of the bot's process with all its threads
    wall: float  #: seconds
    server: float  #: share of a core that the other end used
    foreign: float  #: share of a core that nobody here used
    played: dict[str, Any]

    @property
    def turns_per_cpu_second(self) -> float:
        return self.turns / self.cpu

    @property
    def turns_per_second(self) -> float:
        return self.turns / self.wall


@dataclass(slots=True)
class Duel:
    """The rounds so far."""

    contenders: Sequence[Contender]
    people: int
    rounds: dict[str, list[Round]] = field(default_factory=dict)
    out_of_order: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether there were enough rounds in which nobody else used the machine."""
        return len(self._still()) >= ENOUGH

    def quiet(self) -> list[int]:
        """The rounds that count: those in which nobody else used the machine, or all if there are hardly any."""
        return self._still() if self.is_quiet else list(range(self._count()))

    def _still(self) -> list[int]:
        everybody = self.rounds.values()
        return [at for at in range(self._count()) if all(one[at].foreign <= FOREIGN for one in everybody)]

    def _count(self) -> int:
        return min(len(rounds) for rounds in self.rounds.values())

    def figures(self, name: str, figure: Callable[[Round], float]) -> list[float]:
        """One figure of one contender in every quiet round."""
        return [figure(self.rounds[name][at]) for at in self.quiet()]


def fight(
    api: FakeApi,
    folder: Path,
    contenders: Sequence[Contender],
    *,
    people: int,
    rounds: int,
    turns: int,
    delay: float,
) -> Duel:
    """Run everybody; the first contender is Both/And, whose texts the others repeat."""
    duel = Duel(contenders, people, {one.name: [] for one in contenders})
    with contextlib.ExitStack() as stack:
        bots = list(_ready(stack, api, folder, contenders, people))
        api.order("delay", seconds=delay)
        for number in range(rounds):
            for place in range(len(bots)):
                at = (place + number) % len(bots)
                each = math.ceil(turns * contenders[at].share / people)
                one = measured(bots[at], people, each)
                duel.rounds[bots[at].name].append(one)
                duel.faults += _faults(bots[at].name, one, people * each)
        for each_bot in bots:
            duel.out_of_order[each_bot.name] = each_bot.order("order", people=people)["out_of_order"]
    return duel


def _ready(
    stack: contextlib.ExitStack, api: FakeApi, folder: Path, contenders: Sequence[Contender], people: int
) -> Iterator[Bot]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "script.json"
    cycle = 1
    for contender in contenders:
        one = stack.enter_context(
            bot(contender.name, api, folder / contender.name, env={script.SCRIPT: str(path)})
        )
        one.started()
        one.order("meet", people=people)
        if not path.exists():
            told = script.one_round(one.order("record", turns=RECORDED)["told"])
            path.write_text(json.dumps(told), encoding="utf-8")
            cycle = len(told)
        one.order("play", people=people, turns=WARM_UP, stagger=cycle)
        yield one


def measured(one: Bot, people: int, turns: int) -> Round:
    """One play of one bot, with what it cost."""
    one.collect_garbage()
    bot_before, server_before = cpu_seconds(one.pid), cpu_seconds(one.api.pid)
    own_before, busy_before, began = time.process_time(), busy_seconds(), time.monotonic()
    played = one.order("play", people=people, turns=turns)
    wall, busy = time.monotonic() - began, busy_seconds() - busy_before
    cpu, server = cpu_seconds(one.pid) - bot_before, cpu_seconds(one.api.pid) - server_before
    foreign = (busy - cpu - server - (time.process_time() - own_before)) / wall
    return Round(people * turns, cpu, played["seconds"], server / wall, max(0.0, foreign), played)


def _faults(name: str, one: Round, turns: int) -> list[str]:
    """What a bot must never do, as counted at the other end."""
    calls, played = one.played["calls"], one.played
    found = []
    if one.played["updates"] != turns or played["acknowledged"] != turns:
        found.append(f"{played['acknowledged']} of {turns} updates acknowledged")
    if calls.get("answerCallbackQuery") != turns or calls.get("sendMessage") != turns:
        found.append(f"{turns} taps, but {calls}")
    if played["strays"]:
        found.append(f"calls that nobody was owed: {played['strays']}")
    return [f"{name}: {what}" for what in found]
