"""What every use of the bot works with: keys, the shelf, chance, and whom it met just now."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.ids import Salt, TelegramId
from bot.core.keys import NONCE_BYTES, SALT_BYTES, KeyRing
from bot.core.shelf import Shelf
from bot.store import people
from bot.store.database import Transaction
from bot.store.people import Person


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Lately:
    """Whom the bot has met and not written down yet, in memory alone; a minute of it may be lost without harm."""

    #: Who was here since the last tidying up.
    here: set[TelegramId] = field(default_factory=set)
    #: Whose forgetting was begun, and is not known to be finished.
    half_forgotten: set[TelegramId] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Means:
    """Handed to every function of a transaction. `chance` gives that many random bytes."""

    keys: KeyRing
    shelf: Shelf
    chance: Callable[[int], bytes]
    lately: Lately = field(default_factory=Lately, repr=False)

    def nonce(self) -> bytes:
        """For one sealing."""
        return self.chance(NONCE_BYTES)

    def salt(self) -> Salt:
        """For one new person."""
        return Salt(self.chance(SALT_BYTES))


def known(tx: Transaction, means: Means, who: TelegramId) -> Person | None:
    """The person who is here now, or None: never joined, or about to be forgotten. Remembered for a minute."""
    person = people.find(tx, means.keys, who)
    if person is None:
        return None
    if person.forgetting:
        means.lately.half_forgotten.add(who)
        return None
    means.lately.here.add(who)
    return person
