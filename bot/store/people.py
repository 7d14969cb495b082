"""The vault's people: one sealed box of fixed length for each, found by tag."""

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.core.ids import CohortId, Day, Salt, Tag, TelegramId, Week
from bot.core.keys import ForgedBox, KeyRing
from bot.core.scenario import Nation, Role
from bot.store.database import Row, Transaction

#: Length of a packed person. Much of it is still zero: a later field that reads 0 as "not set" needs no new version.
PERSON_BYTES: Final = 96

_VERSION: Final = 1
_LAYOUT: Final = struct.Struct(
    ">B q 16s B B B I I"
)  # version, id, salt, nation, role, forgetting, unreachable, seen

# Written out, so that the order of the names in the code may change; 0 is "not said".
_NATIONS: Final = {
    Nation.ENGLAND: 1,
    Nation.WALES: 2,
    Nation.SCOTLAND: 3,
    Nation.NORTHERN_IRELAND: 4,
}
_ROLES: Final = {
    Role.SOCIAL_WORK: 1,
    Role.POLICE: 2,
    Role.HEALTH: 3,
    Role.YOUTH_WORK: 4,
    Role.RESIDENTIAL: 5,
    Role.EDUCATION: 6,
}
_NATION_OF: Final = {code: nation for nation, code in _NATIONS.items()}
_ROLE_OF: Final = {code: role for role, code in _ROLES.items()}


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody who can be reached. Only `cohort` is kept in the clear; the repr shows nothing."""

    telegram_id: TelegramId
    salt: Salt
    last_seen: Week
    nation: Nation | None = None
    role: Role | None = None
    cohort: CohortId | None = None
    #: /forget has begun; whatever is still there is to be removed. It is sealed like the rest rather than kept in a
    #: column: the nightly round opens every box anyway, and a column would mark the one row that is about to go.
    forgetting: bool = False
    unreachable_since: Day | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Some of the people: up to which tag, and how many rows among them cannot be opened."""

    people: tuple[Person, ...]
    last: Tag
    damaged: int


def pack(person: Person) -> bytes:
    """A person in PERSON_BYTES bytes, without the cohort."""
    since = 0 if person.unreachable_since is None else person.unreachable_since + 1
    packed = _LAYOUT.pack(
        _VERSION,
        person.telegram_id,
        person.salt,
        0 if person.nation is None else _NATIONS[person.nation],
        0 if person.role is None else _ROLES[person.role],
        person.forgetting,
        since,
        person.last_seen,
    )
    return packed.ljust(PERSON_BYTES, b"\0")


def unpack(packed: bytes, cohort: CohortId | None) -> Person:
    """The person in these bytes. Raises ValueError for a version that this program does not know."""
    version, telegram_id, salt, nation, role, forgetting, since, last_seen = _LAYOUT.unpack_from(packed)
    if version != _VERSION:
        raise ValueError(f"A person of version {version} is not known to this program.")
    return Person(
        telegram_id=TelegramId(telegram_id),
        salt=Salt(salt),
        last_seen=Week(last_seen),
        nation=_NATION_OF[nation] if nation else None,
        role=_ROLE_OF[role] if role else None,
        cohort=cohort,
        forgetting=bool(forgetting),
        unreachable_since=Day(since - 1) if since else None,
    )


def find(tx: Transaction, keys: KeyRing, telegram_id: TelegramId) -> Person | None:
    """The person with this Telegram id, or None. Raises ForgedBox."""
    tag = keys.tag(telegram_id)
    row = tx.one("SELECT tag, box, cohort FROM vault.person WHERE tag = :tag", {"tag": tag})
    return None if row is None else _opened(keys, row)


def save(tx: Transaction, keys: KeyRing, person: Person, *, nonce: bytes) -> None:
    """Keep the person, in place of what was kept of them before. `nonce`: 16 random bytes."""
    tag = keys.tag(person.telegram_id)
    box = keys.seal_address(tag, pack(person), nonce)
    tx.run(
        "INSERT INTO vault.person (tag, kid, box, cohort) VALUES (:tag, :kid, :box, :cohort)"
        " ON CONFLICT (tag) DO UPDATE SET kid = excluded.kid, box = excluded.box, cohort = excluded.cohort",
        {"tag": tag, "kid": keys.kid, "box": box, "cohort": person.cohort},
    )


def remove(tx: Transaction, keys: KeyRing, telegram_id: TelegramId) -> bool:
    """Forget the person, and with the salt every way to their progress; False if there was nobody."""
    return tx.run("DELETE FROM vault.person WHERE tag = :tag", {"tag": keys.tag(telegram_id)}) == 1


def batch(tx: Transaction, keys: KeyRing, *, after: Tag | None = None, limit: int = 500) -> Batch | None:
    """The next `limit` rows after this tag, in the order of tags; call again with the last one's tag until None.

    For nightly rounds: taps are answered between two batches. Rows that cannot be opened are only counted.
    """
    rows = tx.all(
        "SELECT tag, box, cohort FROM vault.person WHERE tag > :after ORDER BY tag LIMIT :limit",
        {"after": after or b"", "limit": limit},
    )
    if not rows:
        return None
    found = tuple(_sound(keys, rows))
    return Batch(found, last=Tag(bytes(rows[-1]["tag"])), damaged=len(rows) - len(found))


def everyone(tx: Transaction, keys: KeyRing) -> list[Person]:
    """Every person whose row can be opened, in the order of tags: for small tasks."""
    return list(_sound(keys, tx.all("SELECT tag, box, cohort FROM vault.person ORDER BY tag")))


def sealed_with_another_key(tx: Transaction, keys: KeyRing) -> int:
    """How many people these keys cannot open: all of them if the wrong key file was put in place."""
    row = tx.one("SELECT count(*) AS others FROM vault.person WHERE kid <> :kid", {"kid": keys.kid})
    return 0 if row is None else int(row["others"])


def _sound(keys: KeyRing, rows: Iterable[Row]) -> Iterator[Person]:
    """Those that can be opened: one damaged row must not stand in everybody's way."""
    for row in rows:
        with suppress(ForgedBox):
            yield _opened(keys, row)


def _opened(keys: KeyRing, row: Row) -> Person:
    return unpack(keys.open_address(Tag(bytes(row["tag"])), bytes(row["box"])), row["cohort"])
