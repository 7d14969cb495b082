"""Tags, pids, boxes and button marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import Pid, Salt, ScenarioId, Tag, TelegramId, Week
from bot.core.keys import SEAL_BYTES, ForgedBox, KeyRing

ROOT = bytes(range(32))
KEYS = KeyRing.from_root(ROOT)
OTHER_KEYS = KeyRing.from_root(bytes(32))

ANNA = TelegramId(7_654_321_098)
BEN = TelegramId(7_654_321_099)
SALT = Salt(b"s" * 16)
OTHER_SALT = Salt(b"t" * 16)
CALL = ScenarioId("urgent-call")
BUS = ScenarioId("last-bus")
NONCE = b"n" * 16

EXPECTED = (
    124290616,
    "8af9ba8b142ea3f78a878acd7093aebd",
    "bf167eb752821e436d5289353b8ec182",
    "0a21c7f624ce5af817bae8bbbea427fe",
    "fb869c5f5a5c3255",
    "d3504b66b5d48200",
    "6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e3c531c76455832cef3b7699871aacedcc70c20b47a",
    "6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e4e9e1903a9d7f725049ce8684194146de983813c9d",
)

telegram_ids = st.integers(min_value=-(2**52), max_value=2**52).map(TelegramId)
salts = st.binary(min_size=16, max_size=16).map(Salt)
nonces = st.binary(min_size=16, max_size=16)
rows = st.binary(min_size=16, max_size=16)
plains = st.binary(min_size=1, max_size=600)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_root_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing.from_root(bytes(length))


def test_the_same_root_key_always_gives_the_same_pseudonyms() -> None:
    """Written down once: a change here would make strangers of everybody."""
    found = (
        KEYS.kid,
        KEYS.tag(ANNA).hex(),
        KEYS.pid(ANNA, SALT, CALL).hex(),
        KEYS.pid_week(ANNA, SALT, Week(2900)).hex(),
        KEYS.mac(ANNA, b"tap").hex(),
        KEYS.backup.hex()[:16],
        KEYS.seal_address(Tag(b"t" * 16), b"plain", NONCE).hex(),
        KEYS.seal_progress(Pid(b"p" * 16), b"plain", NONCE).hex(),
    )
    assert found == EXPECTED


def test_nothing_of_a_key_ring_is_shown() -> None:
    shown = f"{KEYS!r} {KEYS}"
    assert ROOT.hex() not in shown
    assert KEYS.backup.hex() not in shown
    assert "backup" not in shown
    assert "=" not in shown


def test_every_key_is_another_one() -> None:
    pid = Pid(b"r" * 16)
    box = KEYS.seal_address(Tag(pid), b"plain", NONCE)
    with pytest.raises(ForgedBox):
        KEYS.open_progress(pid, box)
    assert len({KEYS.backup, KEYS._lookup, KEYS._progress, KEYS._callback, ROOT}) == 5


@given(telegram_ids, telegram_ids)
def test_two_people_have_two_tags(one: TelegramId, other: TelegramId) -> None:
    assert (KEYS.tag(one) == KEYS.tag(other)) == (one == other)
    assert len(KEYS.tag(one)) == 16
    assert KEYS.tag(one) != OTHER_KEYS.tag(one)


def test_a_pid_is_another_one_for_every_person_salt_scenario_and_week() -> None:
    pids = {
        KEYS.pid(ANNA, SALT, CALL),
        KEYS.pid(ANNA, SALT, BUS),
        KEYS.pid(BEN, SALT, CALL),
        KEYS.pid(ANNA, OTHER_SALT, CALL),
        KEYS.pid_week(ANNA, SALT, Week(1)),
        KEYS.pid_week(ANNA, SALT, Week(2)),
        KEYS.pid_week(BEN, SALT, Week(1)),
        KEYS.pid_week(ANNA, OTHER_SALT, Week(1)),
        OTHER_KEYS.pid(ANNA, SALT, CALL),
    }
    assert len(pids) == 9
    assert {len(pid) for pid in pids} == {16}


@given(st.integers(min_value=0, max_value=2**31))
def test_a_week_never_passes_for_a_scenario(week: int) -> None:
    looks_like_it = ScenarioId(week.to_bytes(4, "big").decode("latin-1"))
    assert KEYS.pid_week(ANNA, SALT, Week(week)) != KEYS.pid(ANNA, SALT, looks_like_it)


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        KEYS.pid(ANNA, Salt(b"short"), CALL)
    with pytest.raises(ValueError, match="salt"):
        KEYS.pid_week(ANNA, Salt(b""), Week(1))


@given(rows, plains, nonces)
def test_what_is_sealed_can_be_opened_again(row: bytes, plain: bytes, nonce: bytes) -> None:
    address = KEYS.seal_address(Tag(row), plain, nonce)
    progress = KEYS.seal_progress(Pid(row), plain, nonce)
    assert KEYS.open_address(Tag(row), address) == plain
    assert KEYS.open_progress(Pid(row), progress) == plain
    assert len(address) == len(progress) == len(plain) + SEAL_BYTES


@given(rows, plains, nonces, st.data())
def test_an_altered_box_is_refused(row: bytes, plain: bytes, nonce: bytes, data: st.DataObject) -> None:
    box = bytearray(KEYS.seal_address(Tag(row), plain, nonce))
    at = data.draw(st.integers(min_value=0, max_value=len(box) - 1))
    box[at] ^= data.draw(st.integers(min_value=1, max_value=255))
    with pytest.raises(ForgedBox):
        KEYS.open_address(Tag(row), bytes(box))
    with pytest.raises(ForgedBox):
        KEYS.open_address(Tag(row), bytes(box[:at]))


def test_a_box_moved_to_another_row_is_refused() -> None:
    anna, ben = KEYS.tag(ANNA), KEYS.tag(BEN)
    with pytest.raises(ForgedBox):
        KEYS.open_address(ben, KEYS.seal_address(anna, b"anna", NONCE))
    here, there = KEYS.pid(ANNA, SALT, CALL), KEYS.pid(ANNA, SALT, BUS)
    with pytest.raises(ForgedBox):
        KEYS.open_progress(there, KEYS.seal_progress(here, b"anna", NONCE))


def test_a_box_sealed_with_another_root_key_is_refused() -> None:
    tag = KEYS.tag(ANNA)
    with pytest.raises(ForgedBox) as refused:
        OTHER_KEYS.open_address(tag, KEYS.seal_address(tag, b"anna", NONCE))
    assert refused.value.__cause__ is None
    assert tag.hex() not in str(refused.value)


def test_a_nonce_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="nonce"):
        KEYS.seal_address(KEYS.tag(ANNA), b"anna", b"short")


def test_a_button_works_only_for_its_person_and_its_message() -> None:
    mac = KEYS.mac(ANNA, b"run 3, turn 4, option b")
    assert len(mac) == 8
    assert KEYS.mac_ok(ANNA, b"run 3, turn 4, option b", mac)
    assert not KEYS.mac_ok(BEN, b"run 3, turn 4, option b", mac)
    assert not KEYS.mac_ok(ANNA, b"run 3, turn 4, option c", mac)
    assert not KEYS.mac_ok(ANNA, b"run 3, turn 4, option b", mac[:7])
    assert not OTHER_KEYS.mac_ok(ANNA, b"run 3, turn 4, option b", mac)
