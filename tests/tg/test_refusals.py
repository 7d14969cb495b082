"""Telegram's refusals: every sentence this bot may meet, and what it means."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.refusals import (
    UNTOLD_WAIT,
    BadMarkup,
    Blocked,
    ChatNotFound,
    Conflict,
    Deactivated,
    Flood,
    MessageGone,
    Migrated,
    NotFound,
    NotModified,
    Refused,
    ServerTrouble,
    TooLong,
    TooOld,
    Unauthorised,
    Unknown,
    meaning,
    refusal,
)
from bot.tg.transport import Answer

from .wire import no, yes

SENTENCES: list[tuple[int, str, Refused]] = [
    (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        ),
        NotModified(),
    ),
    (400, "Bad Request: MESSAGE_NOT_MODIFIED", NotModified()),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", TooOld()),
    (400, "Bad Request: QUERY_ID_INVALID", TooOld()),
    (403, "Forbidden: bot was blocked by the user", Blocked()),
    (400, "Bad Request: USER_IS_BLOCKED", Blocked()),
    (403, "Forbidden: bot can't initiate conversation with a user", Blocked()),
    (403, "Forbidden: bot can’t initiate conversation with a user", Blocked()),
    (403, "Forbidden: bot was kicked from the supergroup chat", Blocked()),
    (403, "Forbidden: something new", Blocked()),
    (400, "Bad Request: not enough rights to send text messages to the chat", Blocked()),
    (403, "Forbidden: user is deactivated", Deactivated()),
    (400, "Bad Request: INPUT_USER_DEACTIVATED", Deactivated()),
    (400, "Bad Request: chat not found", ChatNotFound()),
    (400, "Bad Request: PEER_ID_INVALID", ChatNotFound()),
    (400, "Bad Request: message to edit not found", MessageGone()),
    (400, "Bad Request: message can't be edited", MessageGone()),
    (400, "Bad Request: message to delete not found", MessageGone()),
    (400, "Bad Request: message can't be deleted for everyone", MessageGone()),
    (400, "Bad Request: MESSAGE_ID_INVALID", MessageGone()),
    (400, "Bad Request: there is no text in the message to edit", MessageGone()),
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 4', BadMarkup()),
    (400, "Bad Request: message is too long", TooLong()),
    (400, "Bad Request: MESSAGE_TOO_LONG", TooLong()),
    (400, "Bad Request: message caption is too long", TooLong()),
    (413, "Request Entity Too Large", TooLong()),
    (409, "Conflict: terminated by other getUpdates request", Conflict(webhook=False)),
    (409, "Conflict: can't use getUpdates method while webhook is active", Conflict(webhook=True)),
    (401, "Unauthorized", Unauthorised()),
    (404, "Not Found", NotFound()),
    (404, "Not Found: method not found", NotFound()),
    (500, "Internal Server Error: restart", ServerTrouble()),
    (502, "Bad Gateway", ServerTrouble()),
    (429, "Too Many Requests: retry after 7", Flood(7.0)),
    (429, "Too Many Requests", Flood(UNTOLD_WAIT)),
    (400, "Bad Request: BUTTON_DATA_INVALID", Unknown(400)),
    (400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed", Unknown(400)),
    (418, "I'm a teapot", Unknown(418)),
]


@pytest.mark.parametrize(("status", "sentence", "expected"), SENTENCES)
def test_a_sentence_means_the_same_in_any_case_and_spacing(
    status: int, sentence: str, expected: Refused
) -> None:
    for told in (sentence, sentence.upper(), sentence.capitalize(), f"  {sentence} ".replace(" ", "  ")):
        assert meaning(status, told, {}) == expected
    assert refusal(Answer(status, no(status, sentence).body)) == expected


def test_parameters_say_how_long_and_where_to() -> None:
    assert refusal(Answer(429, no(429, "Too Many Requests: retry after 3", retry_after=12).body)) == Flood(
        12.0
    )
    moved = no(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1004)
    assert refusal(Answer(400, moved.body)) == Migrated(-1004)


@pytest.mark.parametrize("body", [yes().body, b'{"ok": true, "result": {}}', b'{"result":1,"ok":true}'])
def test_a_yes_is_no_refusal(body: bytes) -> None:
    assert refusal(Answer(200, body)) is None


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403, 404, 409, 500, 502])
@pytest.mark.parametrize(
    "body", [b"", b"<html>Forbidden</html>", b"[]", b'{"message":"Forbidden"}', b"\xff", b"null"]
)
def test_a_page_that_is_not_telegrams_tells_nothing_about_a_person_or_a_token(
    status: int, body: bytes
) -> None:
    assert refusal(Answer(status, body)) == ServerTrouble()


def test_a_gateway_may_ask_for_patience_or_for_less() -> None:
    assert refusal(Answer(429, b"<html>slow down</html>")) == Flood(UNTOLD_WAIT)
    assert refusal(Answer(413, b"<html>too much</html>")) == TooLong()


def test_a_no_in_an_answer_that_says_200_is_a_no() -> None:
    assert refusal(Answer(200, b'{"ok":false,"error_code":403,"description":"Forbidden"}')) == Blocked()
    assert refusal(Answer(200, b'{"ok":false}')) == ServerTrouble()


@given(
    status=st.integers(100, 999),
    body=st.binary() | st.builds(lambda told: json.dumps(told).encode(), st.text()),
)
def test_no_rubbish_raises(status: int, body: bytes) -> None:
    assert refusal(Answer(status, body)) is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=9), inner, max_size=2),
    max_leaves=4,
)


@given(
    status=st.integers(200, 599),
    told=st.fixed_dictionaries(
        {"ok": JSON},
        optional={
            "error_code": JSON,
            "description": JSON,
            "parameters": st.fixed_dictionaries(
                {}, optional={"retry_after": JSON, "migrate_to_chat_id": JSON}
            )
            | JSON,
        },
    ),
)
def test_no_odd_shape_raises_and_only_a_yes_is_a_yes(status: int, told: dict[str, object]) -> None:
    refused = refusal(Answer(status, json.dumps(told).encode()))
    assert (refused is None) == (200 <= status < 300 and told["ok"] is True)
