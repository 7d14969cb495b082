"""What Telegram refuses, each by name and in Telegram's words."""

from datetime import timedelta
from typing import Any

import pytest

from bot.room import Phone, PracticeRoom
from bot.room.refusals import BotApiError
from bot.room.world import BlockedByPersonError

from .raw import RawBot, keyboard, png

Json = dict[str, Any]

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
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


# Editing


@pytest.fixture
async def message(bot: RawBot, phone: Phone) -> int:
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    return int(sent["message_id"])


async def test_an_edit_that_changes_nothing_is_refused(bot: RawBot, phone: Phone, message: int) -> None:
    same = {"chat_id": phone.id, "message_id": message, "text": "?", "reply_markup": keyboard("A")}
    assert await bot.refused("editMessageText", **same) == NOT_MODIFIED
    await bot.ask("editMessageText", **same | {"reply_markup": keyboard("B")})
    assert await bot.refused("editMessageReplyMarkup", **_markup_only(same, "B")) == NOT_MODIFIED


def _markup_only(same: Json, label: str) -> Json:
    return {name: same[name] for name in ("chat_id", "message_id")} | {"reply_markup": keyboard(label)}


async def test_an_edit_without_a_keyboard_takes_it_away(bot: RawBot, phone: Phone, message: int) -> None:
    edited = await bot.ask("editMessageText", chat_id=phone.id, message_id=message, text="!")
    assert "reply_markup" not in edited
    assert phone.screen.buttons == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"message_id": 999}, "message to edit not found"),
        ({"message_id": 1}, "message can't be edited"),  # it is the person's
        ({}, "message identifier is not specified"),
        ({"message_id": 2, "text": ""}, "message text is empty"),
        ({"message_id": 2, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        (
            {"message_id": 2, "text": "<b", "parse_mode": "HTML"},
            "can't parse entities: Unclosed start tag at byte offset 0",
        ),
    ],
)
async def test_an_edit_is_refused(bot: RawBot, phone: Phone, message: int, args: Json, words: str) -> None:
    assert message == 2
    said = await bot.refused("editMessageText", **{"chat_id": phone.id, "text": "x"} | args)
    assert said == f"400 Bad Request: {words}"


async def test_text_and_caption_do_not_change_places(bot: RawBot, phone: Phone, message: int) -> None:
    sent = await bot.upload("sendDocument", b"...", kind="document", chat_id=phone.id)
    document = {"chat_id": phone.id, "message_id": sent["result"]["message_id"]}
    text = {"chat_id": phone.id, "message_id": message}
    no_text = "400 Bad Request: there is no text in the message to edit"
    no_caption = "400 Bad Request: there is no caption in the message to edit"
    assert await bot.refused("editMessageText", **document, text="x") == no_text
    assert await bot.refused("editMessageCaption", **text, caption="x") == no_caption
    edited = await bot.ask("editMessageCaption", **document, caption="<i>x</i>", parse_mode="HTML")
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]


# Deleting


async def test_both_sides_messages_can_be_deleted_for_two_days(
    room: PracticeRoom, bot: RawBot, phone: Phone, message: int
) -> None:
    await bot.ask("deleteMessage", chat_id=phone.id, message_id=1)
    room.clock.forward(timedelta(hours=48))
    too_old = "400 Bad Request: message can't be deleted for everyone"
    gone = "400 Bad Request: message to delete not found"
    assert await bot.refused("deleteMessage", chat_id=phone.id, message_id=message) == too_old
    assert await bot.refused("deleteMessage", chat_id=phone.id, message_id=1) == gone


async def test_many_at_once_skip_what_is_gone(bot: RawBot, phone: Phone, message: int) -> None:
    await bot.ask("deleteMessages", chat_id=phone.id, message_ids=[message, 999])
    assert [shown.text for shown in phone.messages] == ["/start"]


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ([], "message identifiers are not specified"),
        ([1] * 101, "too many message identifiers specified"),
    ],
)
async def test_no_messages_or_too_many_are_refused(
    bot: RawBot, phone: Phone, ids: list[int], words: str
) -> None:
    said = await bot.refused("deleteMessages", chat_id=phone.id, message_ids=ids)
    assert said == f"400 Bad Request: {words}"


# Answering taps


@pytest.fixture
async def tap(bot: RawBot, phone: Phone, message: int) -> str:
    await phone.press("A", message_id=message, wait=False)
    return next(iter(bot.room.world.taps))


async def test_a_tap_is_answered_once(bot: RawBot, phone: Phone, tap: str) -> None:
    await bot.ask("answerCallbackQuery", callback_query_id=tap, text="Well")
    assert phone.toasts == ["Well"]
    assert phone.alerts == []
    assert await bot.refused("answerCallbackQuery", callback_query_id=tap) == TOO_OLD


async def test_a_tap_is_answered_soon(room: PracticeRoom, bot: RawBot, tap: str) -> None:
    room.clock.forward(timedelta(seconds=16))
    assert await bot.refused("answerCallbackQuery", callback_query_id=tap) == TOO_OLD


async def test_no_tap_cannot_be_answered(bot: RawBot) -> None:
    assert await bot.refused("answerCallbackQuery", callback_query_id="x") == TOO_OLD


async def test_a_toast_has_two_hundred_characters(bot: RawBot, phone: Phone, tap: str) -> None:
    said = await bot.refused("answerCallbackQuery", callback_query_id=tap, text="x" * 201)
    assert said == "400 Bad Request: MESSAGE_TOO_LONG"
    await bot.ask("answerCallbackQuery", callback_query_id=tap, text="x" * 200, show_alert=True)
    assert phone.alerts == ["x" * 200]


# Files


FILES = {
    "no picture": ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
    "too wide": ("photo", png(9999, 2), "PHOTO_INVALID_DIMENSIONS"),
    "too thin": ("photo", png(21, 1), "PHOTO_INVALID_DIMENSIONS"),
    "too heavy": ("photo", png() + bytes(10 * 2**20), "file is too big"),
    "too big": ("document", bytes(50 * 2**20 + 1), "file is too big"),
    "empty": ("document", b"", "file must be non-empty"),
}


@pytest.mark.parametrize(("kind", "content", "words"), FILES.values(), ids=FILES.keys())
async def test_a_file_is_refused(bot: RawBot, phone: Phone, kind: str, content: bytes, words: str) -> None:
    body = await bot.upload(f"send{kind.capitalize()}", content, kind=kind, chat_id=phone.id)
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("AgACAgIAAx", "wrong file identifier/HTTP URL specified"),
        ("attach://nothing", "wrong file identifier/HTTP URL specified"),
        (
            "https://example.org/x.pdf",
            "the practice room does not do files from an address: it talks to nobody",
        ),
    ],
)
async def test_a_file_that_is_not_there_is_refused(
    bot: RawBot, phone: Phone, source: str, words: str
) -> None:
    said = await bot.refused("sendDocument", chat_id=phone.id, document=source)
    assert said == f"400 Bad Request: {words}"


async def test_a_document_is_no_photo(bot: RawBot, phone: Phone) -> None:
    sent = await bot.upload("sendDocument", b"...", kind="document", chat_id=phone.id)
    again = sent["result"]["document"]["file_id"]
    await bot.ask("sendDocument", chat_id=phone.id, document=again)
    said = await bot.refused("sendPhoto", chat_id=phone.id, photo=again)
    assert said == "400 Bad Request: can't use file of type Document as Photo"


async def test_a_caption_is_shorter_than_a_text(bot: RawBot, phone: Phone) -> None:
    refused = await bot.upload("sendPhoto", png(), kind="photo", chat_id=phone.id, caption="x" * 1025)
    assert refused["description"] == "Bad Request: message caption is too long"
    taken = await bot.upload("sendPhoto", png(), kind="photo", chat_id=phone.id, caption="x" * 1024)
    assert taken["result"]["caption"] == "x" * 1024


async def test_a_phone_does_not_send_as_a_photo_what_is_none(phone: Phone) -> None:
    with pytest.raises(BotApiError, match="IMAGE_PROCESS_FAILED"):
        await phone.send_photo(b"no picture")


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
