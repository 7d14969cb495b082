"""What every use of the bot works with: keys, the shelf, and chance."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.ids import Salt, TelegramId
from bot.core.keys import NONCE_BYTES, SALT_BYTES, KeyRing
from bot.core.shelf import Shelf
from bot.store import people
from bot.store.database import Transaction
from bot.store.people import Person


@dataclass(frozen=True, slots=True)
class Means:
    """Handed to every function of a transaction. `chance` gives that many random bytes."""

    keys: KeyRing
    shelf: Shelf
    chance: Callable[[int], bytes]

    def nonce(self) -> bytes:
        """For one sealing."""
        return self.chance(NONCE_BYTES)

    def salt(self) -> Salt:
        """For one new person."""
        return Salt(self.chance(SALT_BYTES))


def known(tx: Transaction, means: Means, who: TelegramId) -> Person | None:
    """The person, or None: never joined, or about to be forgotten."""
    person = people.find(tx, means.keys, who)
    return None if person is None or person.forgetting else person
