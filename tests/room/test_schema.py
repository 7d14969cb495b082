"""The Bot API, field by field: what it does not know is refused at any depth, in both directions."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import room
from bot.room import Phone, PracticeRoom
from bot.room.methods import METHODS
from bot.room.schema import Mismatch, bot_api

from .raw import RawBot, keyboard

Json = dict[str, Any]
TARGET = Path(room.__file__).with_name("schema.json")


def test_the_schema_is_what_aiogram_says_today() -> None:
    from tests.tools.bot_api_schema import written  # noqa: PLC0415 - it takes two seconds

    assert TARGET.read_text(encoding="utf-8") == written()


def test_every_method_and_type_of_the_schema_compiles() -> None:
    api = bot_api()
    schema = json.loads(TARGET.read_text(encoding="utf-8"))
    for name in schema["methods"]:
        assert api.method(name) is not None
    for name in (*schema["types"], *schema["unions"]):
        assert api.type(name) is not None


def test_the_room_does_no_method_that_there_is_not() -> None:
    assert [name for name in METHODS if bot_api().method(name) is None] == []


MISTAKES: dict[str, tuple[str, Json, str]] = {
    "a misspelt parameter": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "parsemode": "HTML"},
        "sendMessage.parsemode is unknown to the Bot API",
    ),
    "a missing parameter": ("sendMessage", {"chat_id": 1}, "sendMessage.text is missing"),
    "a text instead of a number": (
        "editMessageText",
        {"chat_id": 1, "message_id": "2", "text": "x"},
        "editMessageText.message_id should be an int, not a str",
    ),
    "a number instead of a text": (
        "sendMessage",
        {"chat_id": 1, "text": 5},
        "sendMessage.text should be a str, not an int",
    ),
    "yes instead of true": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "protect_content": 1},
        "sendMessage.protect_content should be a bool, not an int",
    ),
    "nothing instead of nothing": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "parse_mode": None},
        "sendMessage.parse_mode should be a str, not null",
    ),
    "a misspelt field of a button": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback": "a"}]]}},
        "sendMessage.reply_markup.inline_keyboard.0.0.callback is unknown to the Bot API",
    ),
    "a row too few": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "A"}]}},
        "sendMessage.reply_markup.inline_keyboard.0 should be an array, not an object",
    ),
    "a keyboard as text that is no JSON": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "reply_markup": "{"},
        "sendMessage.reply_markup should be an InlineKeyboardMarkup or a ReplyKeyboardMarkup or ",
    ),
    "an entity without a length": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]},
        "sendMessage.entities.0.length is missing",
    ),
    "an entity of no kind": (
        "sendMessage",
        {"chat_id": 1, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
        "sendMessage.entities.0.type should be one of ",
    ),
    "a command without a description": (
        "setMyCommands",
        {"commands": [{"command": "start"}]},
        "setMyCommands.commands.0.description is missing",
    ),
    "a scope of no kind": (
        "setMyCommands",
        {"commands": [], "scope": {"type": "everybody"}},
        "setMyCommands.scope.type should be one of ",
    ),
    "a scope with a field of another": (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat", "chat_id": 1, "user_id": 2}},
        "setMyCommands.scope.user_id is unknown to the Bot API",
    ),
}


@pytest.mark.parametrize(("method", "args", "words"), MISTAKES.values(), ids=MISTAKES.keys())
async def test_a_mistake_is_named_with_its_place(bot: RawBot, method: str, args: Json, words: str) -> None:
    said = await bot.refused(method, **args)
    assert said.startswith(f"400 Bad Request: the practice room goes by Bot API 10.3: {words}")


async def test_a_file_that_nothing_refers_to_is_refused(bot: RawBot, phone: Phone) -> None:
    body = await bot.upload("sendMessage", b"x", kind="letter", chat_id=phone.id, text="x")
    assert body["description"].endswith("sendMessage.letter is a file that nothing refers to")


async def test_what_people_typed_stays_out_of_the_complaint(bot: RawBot) -> None:
    said = await bot.refused("sendMessage", chat_id=1, text=["my secret"])
    assert "secret" not in said


def test_an_answer_with_a_field_too_many_does_not_leave_the_room(room: PracticeRoom) -> None:
    get_me = bot_api().method("getMe")
    assert get_me is not None
    user = room.bot.user()
    get_me.gives(user)
    with pytest.raises(Mismatch, match="mood is unknown to the Bot API"):
        get_me.gives(user | {"mood": "fine"})


async def test_a_message_of_the_kind_that_is_gone_fits_too(bot: RawBot, phone: Phone) -> None:
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    await bot.ask("deleteMessage", chat_id=phone.id, message_id=sent["message_id"])
    await phone.tap_raw("a", message_id=sent["message_id"], wait=False)
    tapped = (await bot.take())[-1]["callback_query"]["message"]
    assert (tapped["message_id"], tapped["date"]) == (sent["message_id"], 0)


async def test_a_mistake_of_the_rooms_own_is_owned_up_to(room: PracticeRoom, bot: RawBot) -> None:
    room.bot.username = 5  # type: ignore[assignment]
    said = await bot.refused("getMe")
    words = "500 Internal Server Error: the practice room made a mistake: getMe.username should be a str, not an int"
    assert said == words
    assert room.policy() == [f"getMe was refused: {words}"]


async def test_poison_reaches_the_bot_unchecked(room: PracticeRoom, bot: RawBot) -> None:
    room.send_poison({"message": {"message_id": "one"}})
    status, body = await bot.send("getUpdates")
    assert (status, body["result"][0]["message"]) == (200, {"message_id": "one"})
