"""What Telegram refuses, each by name and in Telegram's words."""

from typing import Any

import pytest

from bot.room import Phone, PracticeRoom
from bot.room.world import BlockedByPersonError

from .raw import RawBot

Json = dict[str, Any]

NOBODY = 5_000_000_001

TEXTS = {
    "empty": ({"text": ""}, "message text is empty"),
    "only blanks": ({"text": " \n\t "}, "text must be non-empty"),
    "nothing left of the markup": ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    "too long": ({"text": "x" * 4097}, "message is too long"),
    "too long in UTF-16": ({"text": "🙂" * 2049}, "message is too long"),
    "too long in bytes": ({"text": "x" * 32_769}, "text is too long"),
    "an unknown mode": ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    "a mode the room does not know": (
        {"text": "*x*", "parse_mode": "MarkdownV2"},
        "the practice room does not do parse mode MarkdownV2",
    ),
    "an entity before the text": (
        {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
        "receive an entity with incorrect offset -1",
    ),
    "an entity after the text": (
        {"text": "x", "entities": [{"type": "bold", "offset": 9, "length": 1}]},
        "entity begins after the end of the text at UTF-16 offset 9",
    ),
    "an entity that ends after the text": (
        {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 9}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
    ),
    "a paid broadcast without Stars": ({"text": "x", "allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
    "an unknown effect": ({"text": "x", "message_effect_id": "1"}, "EFFECT_ID_INVALID"),
    "an answer to nothing": (
        {"text": "x", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    "a topic": (
        {"text": "x", "message_thread_id": 5},
        "the practice room does not do sendMessage with message_thread_id",
    ),
}

BUTTONS: dict[str, tuple[Json, str]] = {
    "no action": (
        {"text": "A"},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "an empty payload": (
        {"text": "A", "callback_data": ""},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "a payload of 65 bytes": ({"text": "A", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
    "a payload of 33 Cyrillic letters": ({"text": "A", "callback_data": "ж" * 33}, "BUTTON_DATA_INVALID"),
    "no address": (
        {"text": "A", "url": "not-a-url"},
        "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    "an address of another kind": (
        {"text": "A", "url": "ftp://example.org"},
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    "too much to copy": ({"text": "A", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    "a price without a bill": ({"text": "A", "pay": True}, "BUTTON_TYPE_INVALID"),
    "a game without a game": ({"text": "A", "callback_game": {}}, "BUTTON_TYPE_INVALID"),
    "a web app": (
        {"text": "A", "web_app": {"url": "https://example.org"}},
        "the practice room does not do buttons with web_app",
    ),
}


@pytest.mark.parametrize(("args", "words"), TEXTS.values(), ids=TEXTS.keys())
async def test_a_text_is_refused(bot: RawBot, phone: Phone, args: Json, words: str) -> None:
    assert await bot.refused("sendMessage", chat_id=phone.id, **args) == f"400 Bad Request: {words}"


@pytest.mark.parametrize(("button", "words"), BUTTONS.values(), ids=BUTTONS.keys())
async def test_a_button_is_refused(bot: RawBot, phone: Phone, button: Json, words: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    said = await bot.refused("sendMessage", chat_id=phone.id, text="?", reply_markup=markup)
    assert said == f"400 Bad Request: {words}"


@pytest.mark.parametrize("rows", [[9], [8] * 13], ids=["nine in a row", "a hundred and four"])
async def test_a_keyboard_that_is_too_large_is_refused(bot: RawBot, phone: Phone, rows: list[int]) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * row for row in rows]}
    said = await bot.refused("sendMessage", chat_id=phone.id, text="?", reply_markup=markup)
    assert said == "400 Bad Request: reply markup is too long"


async def test_the_largest_text_payload_and_keyboard_are_taken(bot: RawBot, phone: Phone) -> None:
    rows = [[{"text": "A", "callback_data": "x" * 64}] * 8] * 12 + [[{"text": "A", "url": "example.org"}] * 4]
    sent = await bot.ask(
        "sendMessage", chat_id=phone.id, text="🙂" * 2048, reply_markup={"inline_keyboard": rows}
    )
    assert sent["text"] == "🙂" * 2048
    assert sent["reply_markup"]["inline_keyboard"][-1][0]["url"] == "http://example.org/"


async def test_the_first_action_of_a_button_is_the_one_it_has(bot: RawBot, phone: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a", "url": "https://example.org/x"}]]}
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=markup)
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "A", "url": "https://example.org/x"}]]}


# Who can be reached


@pytest.mark.parametrize("chat", [NOBODY, 0, -1, "@nobody_of_this_name", "words"])
async def test_a_chat_that_there_is_not_is_not_found(bot: RawBot, chat: int | str) -> None:
    assert await bot.refused("sendMessage", chat_id=chat, text="x") == "400 Bad Request: chat not found"


async def test_somebody_who_never_wrote_is_not_found(room: PracticeRoom, bot: RawBot) -> None:
    stranger = room.new_person()
    assert (
        await bot.refused("sendMessage", chat_id=stranger.id, text="x") == "400 Bad Request: chat not found"
    )


async def test_a_chat_has_to_be_named(bot: RawBot) -> None:
    assert await bot.refused("sendMessage", chat_id="", text="x") == "400 Bad Request: chat_id is empty"


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
    ],
)
async def test_somebody_who_blocked_the_bot_cannot_be_reached(
    bot: RawBot, phone: Phone, method: str, args: Json
) -> None:
    phone.block()
    refused = "403 Forbidden: bot was blocked by the user"
    assert await bot.refused(method, chat_id=phone.id, **args) == refused
    phone.unblock()
    await bot.ask(method, chat_id=phone.id, **args)


async def test_who_has_blocked_the_bot_cannot_write_to_it(phone: Phone) -> None:
    phone.block()
    with pytest.raises(BlockedByPersonError):
        await phone.type("Hello")


# The rest


async def test_an_unknown_action_is_refused(bot: RawBot, phone: Phone) -> None:
    said = await bot.refused("sendChatAction", chat_id=phone.id, action="thinking")
    assert said == "400 Bad Request: wrong parameter action in request"


async def test_a_wrong_token_is_unauthorised(room: PracticeRoom, bot: RawBot) -> None:
    async with bot.session.get(f"{room.url}/bot1:x/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(bot: RawBot) -> None:
    assert await bot.refused("sendTelegram") == "404 Not Found: method not found"


async def test_a_method_the_room_does_not_do_gets_an_honest_no(bot: RawBot, phone: Phone) -> None:
    said = await bot.refused("sendDice", chat_id=phone.id)
    assert said == "400 Bad Request: the practice room does not do sendDice"


async def test_a_webhook_gets_an_honest_no(bot: RawBot) -> None:
    said = await bot.refused("setWebhook", url="https://example.org/hook")
    assert said == "400 Bad Request: the practice room does not do webhooks yet; poll with getUpdates"
    await bot.ask("setWebhook", url="")


async def test_a_private_chat_cannot_be_left(bot: RawBot, phone: Phone) -> None:
    said = await bot.refused("leaveChat", chat_id=phone.id)
    assert said == "400 Bad Request: chat member status can't be changed in private chats"
