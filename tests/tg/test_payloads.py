"""What a button carries: every kind of tap fits, comes back as it was, and cannot be made up or borrowed."""

import string
from base64 import urlsafe_b64encode
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import OptionId, ScenarioId, TelegramId
from bot.core.keys import KeyRing
from bot.core.scenario import Nation, Role, Theme
from bot.tg.payloads import (
    MAX_BYTES,
    Begin,
    Browse,
    By,
    Choose,
    Debrief,
    Done,
    Exit,
    Forget,
    Go,
    Keep,
    Leave,
    Open,
    Page,
    PayloadTooLongError,
    SetNation,
    SetRole,
    Tap,
    pack,
    unpack,
)

KEYS = KeyRing.from_root(bytes(range(32)))
OTHER_KEYS = KeyRing.from_root(bytes(32))
ANNA, BEN = TelegramId(7_654_321_098), TelegramId(5_123_456_789)

#: Of what ids are written, and what may stand anywhere in a payload.
LETTERS = string.ascii_lowercase + string.digits
ANY_CHARACTER = st.characters(codec="utf-8")


def ids(longest: int) -> st.SearchStrategy[str]:
    """As content allows them, the longest ones often."""
    written = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).map(lambda id: id[:longest])
    full = st.text(LETTERS, min_size=longest, max_size=longest)
    return (written | full).filter(lambda id: not id.endswith("-"))


SCENARIOS = ids(18).map(ScenarioId)
ATTEMPTS = st.integers(1, 9999)
VALUES = st.sampled_from(["", *Theme, *Role, "3", "4", "5"]).map(str)

KINDS: dict[type, st.SearchStrategy[Tap]] = {
    Choose: st.builds(Choose, SCENARIOS, ATTEMPTS, st.integers(0, 9), ids(20).map(OptionId), st.booleans()),
    Open: st.builds(Open, SCENARIOS),
    Begin: st.builds(Begin, SCENARIOS, ATTEMPTS),
    Keep: st.builds(Keep, SCENARIOS, ATTEMPTS),
    Debrief: st.builds(Debrief, SCENARIOS, ATTEMPTS),
    Done: st.builds(Done, SCENARIOS, ATTEMPTS),
    Go: st.builds(Go, st.sampled_from(Page)),
    Leave: st.builds(Leave, st.sampled_from(Exit), st.none() | SCENARIOS),
    Browse: st.builds(Browse, st.sampled_from(By), VALUES, st.integers(0, 99)),
    SetNation: st.builds(SetNation, st.sampled_from(Nation)),
    SetRole: st.builds(SetRole, st.none() | st.sampled_from(Role)),
    Forget: st.builds(Forget, st.booleans()),
}
TAPS = st.one_of(*KINDS.values())

LONGEST = Choose(ScenarioId("s" * 18), 9999, 9, OptionId("o" * 20), keep=True)


def test_no_kind_of_tap_is_forgotten_here() -> None:
    assert set(KINDS) == set(get_args(Tap))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_tap_comes_back_as_it_was_from_64_bytes(kind: type) -> None:
    @given(KINDS[kind], st.integers(1, 2**52 - 1).map(TelegramId))
    def comes_back(tap: Tap, person: TelegramId) -> None:
        payload = pack(tap, KEYS, person)
        assert len(payload.encode()) <= MAX_BYTES
        assert unpack(payload, KEYS, person) == tap

    comes_back()


@given(TAPS, TAPS)
def test_two_taps_never_share_a_payload(one: Tap, other: Tap) -> None:
    assert (pack(one, KEYS, ANNA) == pack(other, KEYS, ANNA)) == (one == other)


def test_the_longest_tap_that_content_allows_leaves_room_to_spare() -> None:
    assert len(pack(LONGEST, KEYS, ANNA).encode()) == 61
    with pytest.raises(PayloadTooLongError):
        pack(Choose(ScenarioId("s" * 22), 9999, 9, OptionId("o" * 20), keep=True), KEYS, ANNA)


@given(TAPS, st.data())
def test_any_altered_character_makes_it_unreadable(tap: Tap, data: st.DataObject) -> None:
    payload = pack(tap, KEYS, ANNA)
    at = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(ANY_CHARACTER.filter(lambda character: character != payload[at]))
    assert unpack(payload[:at] + other + payload[at + 1 :], KEYS, ANNA) is None


def test_the_last_character_has_one_form_only_although_base64_would_take_four() -> None:
    payload = pack(Go(Page.PRACTISE), KEYS, ANNA)
    alphabet = string.ascii_letters + string.digits + "-_+/="
    taken = [last for last in alphabet if unpack(payload[:-1] + last, KEYS, ANNA) is not None]
    assert taken == [payload[-1]]


@given(TAPS, st.data())
def test_a_payload_cut_short_or_with_something_added_is_unreadable(tap: Tap, data: st.DataObject) -> None:
    payload = pack(tap, KEYS, ANNA)
    kept = data.draw(st.integers(0, len(payload) - 1))
    assert unpack(payload[:kept], KEYS, ANNA) is None
    assert unpack(payload[kept + 1 :], KEYS, ANNA) is None
    assert unpack(payload + data.draw(ANY_CHARACTER), KEYS, ANNA) is None


@given(TAPS)
def test_somebody_elses_button_is_unreadable_and_so_is_one_of_another_key(tap: Tap) -> None:
    payload = pack(tap, KEYS, ANNA)
    assert unpack(payload, KEYS, BEN) is None
    assert unpack(payload, OTHER_KEYS, ANNA) is None


@given(st.text(max_size=64))
def test_nothing_made_up_can_be_read(made_up: str) -> None:
    assert unpack(made_up, KEYS, ANNA) is None


@pytest.mark.parametrize(
    "text", ["", "z", "c", "c:s:1:0", "c:s:one:0:a:0", "g:?", "n:france", "r:pilot", "f:yes", "c:s:1:0:a:0:b"]
)
def test_what_is_rightly_marked_but_no_tap_is_unreadable(text: str) -> None:
    """As a payload of an older program could be, after an update."""
    mark = urlsafe_b64encode(KEYS.mac(ANNA, text.encode())).decode().rstrip("=")
    assert unpack(text + mark, KEYS, ANNA) is None
