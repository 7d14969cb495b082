"""What Telegram refuses to change, to delete, to answer and to carry, each in Telegram's words."""

from datetime import timedelta
from typing import Any

import pytest

from bot.room import Phone, PracticeRoom
from bot.room.refusals import BotApiError

from .raw import RawBot, keyboard, png

Json = dict[str, Any]

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


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
