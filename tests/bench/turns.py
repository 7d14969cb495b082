"""The two scenarios in which Both/And plays beside bare bots: `turn`, without a delay, and `polling`, with one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from .duel import SERVER_LIMIT, Contender, Duel, Round, fight
from .figures import Goal, Spread, paired
from .processes import FakeApi
from .report import Report

OURS = Contender("bothand", "Both/And")
FORM = Contender("ptb-form", "python-telegram-bot, aiohttp with forms, 64 at once")
AIOGRAM = Contender("aiogram", "aiogram")
DEFAULT = Contender("ptb-default", "python-telegram-bot as shipped: httpx, one after another")

#: Seconds that the way to Telegram and back takes in `polling`.
RTT = 0.020

Figure = Callable[[Round], float]


def turn(api: FakeApi, folder: Path, *, rounds: int, turns: int) -> Report:
    """A whole turn, with 32 people at once and no delay."""
    duel = fight(
        api, folder, (OURS, FORM, AIOGRAM, DEFAULT), people=32, rounds=rounds, turns=turns, delay=0.0
    )
    report = _report("turn", duel)
    report.says = (
        "A tap, from the update to its acknowledgement, over HTTP on the loopback, 32 people at once. Both/And is the "
        "program as it is run, with its transaction on disk (WAL, FULL); the bare bots make the same calls with the "
        "same texts and buttons and store nothing. Six taps of seven are answered with answerCallbackQuery, "
        "editMessageText and sendMessage, one ('Try another way') without the edit."
    )
    for other, limit in ((FORM, 1.0), (AIOGRAM, 1.4), (DEFAULT, 5.0)):
        report.goals.append(_goal(duel, other, limit, of="CPU second", figure=_per_cpu))
        report.goals.append(_goal(duel, other, limit, of="second", figure=_per_second))
    report.notes.append(
        "As shipped, python-telegram-bot is quickest here with one update after another: httpx gets slower with every "
        "call that waits for a connection."
    )
    return report


def polling(api: FakeApi, folder: Path, *, rounds: int, turns: int) -> Report:
    """The same 20 ms away, with 64 people at once."""
    # One after another at three calls of 20 ms each is some 15 turns a second: a fifth of the turns is enough.
    slow = Contender(DEFAULT.name, DEFAULT.shown, share=0.2)
    duel = fight(api, folder, (OURS, AIOGRAM, slow), people=64, rounds=rounds, turns=turns, delay=RTT)
    report = _report("polling", duel)
    report.says = (
        f"The same taps with {RTT * 1000:.0f} ms to the server and back on every call, the long poll included, and 64 "
        "people at once. python-telegram-bot as shipped takes one update after another."
    )
    report.goals.append(_goal(duel, slow, 15.0, of="second", figure=_per_second))
    report.goals.append(_goal(duel, AIOGRAM, 1.0, of="second", figure=_per_second))
    if duel.out_of_order[OURS.name]:
        report.faults.append(f"Both/And took {duel.out_of_order[OURS.name]} of 64 chats out of their order")
    return report


def _per_cpu(one: Round) -> float:
    return one.turns_per_cpu_second


def _per_second(one: Round) -> float:
    return one.turns_per_second


def _goal(duel: Duel, other: Contender, limit: float, *, of: str, figure: Figure) -> Goal:
    ratio = paired(duel.figures(OURS.name, figure), duel.figures(other.name, figure))
    return Goal(f"turns a {of}, against {other.shown}", limit, at_least=True, found=ratio)


def _report(scenario: str, duel: Duel) -> Report:
    report = Report(scenario, "")
    report.columns = (
        "median [min-max; middle half]",
        "CPU µs a turn",
        "turns a second",
        "ms, p50",
        "ms, p99",
        "polls",
        "server",
        "foreign",
        "chats out of order",
    )
    report.rows = [_row(duel, contender) for contender in duel.contenders]
    report.faults = list(dict.fromkeys(duel.faults))
    report.notes += _notes(duel)
    report.figures = {name: [asdict(one) for one in rounds] for name, rounds in duel.rounds.items()}
    report.figures["out_of_order"] = duel.out_of_order
    return report


def _row(duel: Duel, contender: Contender) -> tuple[str, ...]:
    def spread(figure: Figure) -> Spread:
        return Spread.of(duel.figures(contender.name, figure))

    wrong = duel.out_of_order[contender.name]
    return (
        contender.shown,
        str(spread(lambda one: one.cpu / one.turns * 1e6)),
        str(spread(_per_second)),
        f"{spread(lambda one: one.played['p50'] * 1000).median:.1f}",
        f"{spread(lambda one: one.played['p99'] * 1000).median:.1f}",
        f"{spread(lambda one: one.played['polls']).median:.0f}",
        f"{spread(lambda one: one.server).median:.2f}",
        f"{spread(lambda one: one.foreign).median:.2f}",
        f"{wrong} of {duel.people}",
    )


def _notes(duel: Duel) -> list[str]:
    everything: Sequence[Round] = [one for rounds in duel.rounds.values() for one in rounds]
    count = len(duel.rounds[OURS.name])
    turns = ", ".join(f"{duel.rounds[one.name][0].turns}" for one in duel.contenders)
    notes = [
        f"{count} rounds, of which {len(duel.quiet())} count; turns in each, in the order above: {turns}."
    ]
    if not duel.is_quiet:
        notes.append(
            "Others used the machine in almost every round, so none was dropped: these figures are a guess."
        )
    busiest = max(one.server for one in everything)
    if busiest >= SERVER_LIMIT:
        notes.append(
            f"The other end used up to {busiest:.2f} of a core: it may be what was measured, in part."
        )
    notes.append(
        "Every round: all updates acknowledged, each tap answered once, every call owed to somebody."
        if not duel.faults
        else "Counts were wrong, see below."
    )
    return notes
