"""What a well-behaved bot does, looked at after the event: answers taps, keeps rates, respects a block."""

from collections import Counter, deque
from collections.abc import Collection, Iterable

from bot.room.call import Call
from bot.room.methods_edit import ANSWERABLE
from bot.room.posts import Tap
from bot.room.world import World

BULK_PER_SECOND = 30
BULK_SLACK = 3  # 29 a second, evenly spaced, arrive as up to 33 in the worst second
CHAT_GAP = 0.9  # seconds between two unprompted sends to one chat; a second, less the network's unevenness
REPLY_BURST = 10  # sends that may answer one thing that a person did; Telegram allows "short bursts"
UNAVOIDABLE = "Forbidden: bot was blocked by the user"  # the first one is how a bot learns of a block


def is_send(call: Call) -> bool:
    sends = call.method.startswith("send") and call.method != "sendChatAction"
    return sends or call.method.startswith(("copyMessage", "forwardMessage"))


def violations(world: World, calls: Iterable[Call], *, allow: Collection[str] = ()) -> list[str]:
    """Every breach so far, in words; ``allow`` names refusals that a test provokes, by a part of their text."""
    calls = list(calls)
    return [
        *_taps(world),
        *_refused(calls, allow),
        *_after_block(calls),
        *_leaks(calls),
        *_bulk_rate(calls),
        *_chat_rate(calls),
        *_reply_bursts(calls),
    ]


def _taps(world: World) -> Iterable[str]:
    for tap in world.taps.values():
        if (wrong := _tap_wrong(world, tap)) is not None:
            yield f"a tap on message {tap.message_id} {wrong}"


def _tap_wrong(world: World, tap: Tap) -> str | None:
    """A tap that reached the bot in time is answered once, in time; one that came too late cannot be."""
    if tap.answers and tap.late_or_again:
        return "was answered more than once"
    if tap.answers or tap.shown_at is None or tap.shown_at - tap.at > ANSWERABLE:
        return None
    waiting = world.clock.now() - tap.shown_at < ANSWERABLE
    if waiting and not world.updates.acknowledged(tap.update_id):
        return None
    return "was answered too late" if tap.late_or_again else "was not answered"


def _refused(calls: list[Call], allow: Collection[str]) -> Iterable[str]:
    for call in calls:
        expected = call.fault or call.error == UNAVOIDABLE or any(part in call.error for part in allow)
        if call.code >= 500 or (call.code >= 400 and not expected):
            yield f"{call.method} was refused: {call.code} {call.error}"


def _after_block(calls: list[Call]) -> Iterable[str]:
    for call in calls:
        if call.after_block and is_send(call):
            yield f"{call.method} to somebody of whom the bot knew that they have blocked it"


def _leaks(calls: list[Call]) -> Iterable[str]:
    for call in calls:
        if call.leaked:
            yield f"the token stood in a {call.method} request, outside the path"


def _delivered(calls: list[Call], *, in_reply: bool) -> list[Call]:
    return [call for call in calls if call.ok and is_send(call) and call.in_reply == in_reply]


def _bulk_rate(calls: list[Call]) -> Iterable[str]:
    worst = _worst_second([call.tick for call in _delivered(calls, in_reply=False)])
    if worst > BULK_PER_SECOND + BULK_SLACK:
        yield f"{worst} unprompted sends within one second; Telegram allows about {BULK_PER_SECOND}"


def _chat_rate(calls: list[Call]) -> Iterable[str]:
    last: dict[int | None, float] = {}
    for call in _delivered(calls, in_reply=False):
        if call.tick - last.get(call.chat, float("-inf")) < CHAT_GAP:
            yield f"{call.method}: two unprompted sends to one chat within {CHAT_GAP:g} s"
        last[call.chat] = call.tick


def _reply_bursts(calls: list[Call]) -> Iterable[str]:
    answers = Counter((call.chat, call.action) for call in _delivered(calls, in_reply=True))
    for count in answers.values():
        if count > REPLY_BURST:
            yield f"{count} sends to one chat for one thing that its person did"


def _worst_second(ticks: list[float]) -> int:
    window: deque[float] = deque()
    worst = 0
    for tick in sorted(ticks):
        window.append(tick)
        while tick - window[0] >= 1:
            window.popleft()
        worst = max(worst, len(window))
    return worst
