"""Joining: nation, then role. Nothing is kept of anybody before they choose a nation."""

from dataclasses import replace

from bot.app.means import Means, known
from bot.core.ids import TelegramId
from bot.core.moments import Moment
from bot.core.scenario import Nation, Role
from bot.store import people
from bot.store.database import Transaction
from bot.store.people import Person


def person(tx: Transaction, means: Means, who: TelegramId) -> Person | None:
    """Who this is, or None if nothing is kept of them."""
    return known(tx, means, who)


def choose_nation(
    tx: Transaction, means: Means, who: TelegramId, *, nation: Nation, now: Moment
) -> Person | None:
    """Joins, or moves, to a nation. None while the person is about to be forgotten."""
    before = people.find(tx, means.keys, who)
    if before is not None and before.forgetting:
        means.lately.half_forgotten.add(who)
        return None
    if before is None:
        before = Person(telegram_id=who, salt=means.salt(), last_seen=now.week)
    joined = replace(before, nation=nation, last_seen=now.week, unreachable_since=None)
    if joined != before or before.nation is None:
        people.save(tx, means.keys, joined, nonce=means.nonce())
    return joined


def choose_role(tx: Transaction, means: Means, who: TelegramId, *, role: Role | None) -> Person | None:
    """Says which profession comes nearest, or none."""
    before = known(tx, means, who)
    if before is None:
        return None
    after = replace(before, role=role)
    if after != before:
        people.save(tx, means.keys, after, nonce=means.nonce())
    return after


def reached(tx: Transaction, means: Means, who: TelegramId, *, reachable: bool, now: Moment) -> None:
    """Notes that somebody has blocked the bot, or lets it write again."""
    if not reachable:
        means.lately.here.discard(who)  # they were, but are no longer
    before = people.find(tx, means.keys, who)
    if before is None or before.forgetting:
        return
    if (before.unreachable_since is None) != reachable:
        since = None if reachable else now.day
        people.save(tx, means.keys, replace(before, unreachable_since=since), nonce=means.nonce())
