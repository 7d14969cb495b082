"""What keeps people apart from their numbers: tags, pids, sealed boxes and button marks, from one root key."""

import hmac
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.ids import Pid, Salt, ScenarioId, Tag, TelegramId, Week

ROOT_BYTES = 32
NONCE_BYTES = 16
SALT_BYTES = 16
#: What sealing adds to a plaintext: the nonce in front, and SIV's own 16 bytes.
SEAL_BYTES = NONCE_BYTES + 16
MAC_BYTES = 8

_PSEUDONYM_BYTES = 16
# The first byte of what is hashed says what it is for, so that a week can never pass for a scenario.
_FOR_SCENARIO = b"\x01"
_FOR_WEEK = b"\x02"


class ForgedBox(Exception):
    """A sealed box was altered, belongs to another row, or was sealed with another key."""

    def __init__(self) -> None:
        super().__init__(
            "A sealed box does not belong to its row, was altered, or was sealed with another key."
        )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class KeyRing:
    """The keys derived from the root key; its repr shows none of them.

    A bare hash of a Telegram id is undone by trying every id, so every pseudonym here is keyed.
    """

    #: Which root key this is: a number that may stand beside a box in the clear.
    kid: int
    #: Encrypts backups: 32 bytes.
    backup: bytes
    _lookup: bytes
    _progress: bytes
    _callback: bytes
    _address_box: AESSIV
    _progress_box: AESSIV

    @classmethod
    def from_root(cls, root: bytes) -> Self:
        """Derive every key from the 32-byte root key. Raises ValueError for any other length."""
        if len(root) != ROOT_BYTES:
            raise ValueError(f"A root key has {ROOT_BYTES} bytes.")
        return cls(
            # 31 bits, so that it fits a signed column in every database.
            kid=int.from_bytes(_derive(root, "kid", 4), "big") >> 1,
            backup=_derive(root, "backup", 32),
            _lookup=_derive(root, "lookup", 32),
            _progress=_derive(root, "progress", 32),
            _callback=_derive(root, "callback", 32),
            _address_box=AESSIV(_derive(root, "address box", 64)),
            _progress_box=AESSIV(_derive(root, "progress box", 64)),
        )

    def tag(self, telegram_id: TelegramId) -> Tag:
        """The person's pseudonym in the vault: 16 bytes."""
        return Tag(_keyed(self._lookup, _id8(telegram_id))[:_PSEUDONYM_BYTES])

    def pid(self, telegram_id: TelegramId, salt: Salt, scenario: ScenarioId) -> Pid:
        """The person's pseudonym in one scenario: 16 bytes, unrelated to the one in any other."""
        message = _FOR_SCENARIO + _id8(telegram_id) + _checked(salt) + scenario.encode()
        return Pid(_keyed(self._progress, message)[:_PSEUDONYM_BYTES])

    def pid_week(self, telegram_id: TelegramId, salt: Salt, week: Week) -> Pid:
        """The person's pseudonym in one week: 16 bytes, unrelated to any `pid`."""
        message = _FOR_WEEK + _id8(telegram_id) + _checked(salt) + week.to_bytes(4, "big")
        return Pid(_keyed(self._progress, message)[:_PSEUDONYM_BYTES])

    def seal_address(self, tag: Tag, plain: bytes, nonce: bytes) -> bytes:
        """Seal what the vault keeps of a person, for the row `tag` and no other. `nonce`: 16 random bytes."""
        return _seal(self._address_box, plain, [tag, self.kid.to_bytes(4, "big"), nonce])

    def open_address(self, tag: Tag, box: bytes) -> bytes:
        """What `seal_address` sealed for this row. Raises ForgedBox."""
        return _open(self._address_box, box, [tag, self.kid.to_bytes(4, "big")])

    def seal_progress(self, pid: Pid, plain: bytes, nonce: bytes) -> bytes:
        """Seal what is kept of a practice, for the row `pid` and no other. `nonce`: 16 random bytes."""
        return _seal(self._progress_box, plain, [pid, nonce])

    def open_progress(self, pid: Pid, box: bytes) -> bytes:
        """What `seal_progress` sealed for this row. Raises ForgedBox."""
        return _open(self._progress_box, box, [pid])

    def mac(self, telegram_id: TelegramId, message: bytes) -> bytes:
        """Eight bytes that only this bot can put on a button of this person."""
        return _keyed(self._callback, _id8(telegram_id) + message)[:MAC_BYTES]

    def mac_ok(self, telegram_id: TelegramId, message: bytes, mac: bytes) -> bool:
        """Whether `mac` is this person's for this message; takes as long whatever the answer."""
        return hmac.compare_digest(self.mac(telegram_id, message), mac)


def _derive(root: bytes, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"both/and 1 {purpose}".encode()).derive(root)


def _keyed(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _id8(telegram_id: TelegramId) -> bytes:
    # Eight bytes whatever the id: a decimal one would show how many digits it has. Groups have negative ids.
    return telegram_id.to_bytes(8, "big", signed=True)


def _checked(salt: Salt) -> bytes:
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes.")
    return salt


def _seal(key: AESSIV, plain: bytes, bound_to: list[bytes]) -> bytes:
    """Seal with the nonce last in `bound_to`. SIV, because a restored snapshot may repeat a nonce unharmed."""
    nonce = bound_to[-1]
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"A nonce has {NONCE_BYTES} bytes.")
    return nonce + key.encrypt(plain, bound_to)


def _open(key: AESSIV, box: bytes, bound_to: list[bytes]) -> bytes:
    if len(box) <= SEAL_BYTES:
        raise ForgedBox
    try:
        return key.decrypt(box[NONCE_BYTES:], [*bound_to, box[:NONCE_BYTES]])
    except InvalidTag:
        raise ForgedBox from None
