"""What the bot says, and what it does when Telegram or the network says no."""

import asyncio
import logging
from typing import Any

import pytest

from bot.tg.refusals import UnknownToken
from bot.tg.send import Delivery, Outgoing

from .wire import TOKEN, Reply, Said, Telegram, no, wire_to

CHAT = 4_173_350_192
KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
BLOCKED = no(403, "Forbidden: bot was blocked by the user")
GONE = no(400, "Bad Request: message to edit not found")
BAD_MARKUP = no(400, 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 4')


def screen(text: str) -> dict[str, Any]:
    return {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


async def test_everything_the_bot_can_say(telegram: Telegram, out: Outgoing) -> None:
    said = [
        await out.answer("77"),
        await out.answer("78", "Already chosen"),
        await out.answer("79", "Read this", alert=True),
        await out.edit(CHAT, 5, "<b>Now</b>", keyboard=KEYBOARD),
        await out.edit(CHAT, 5, "Then"),
        await out.send(CHAT, "Hello", keyboard=KEYBOARD, protect=True, silent=True),
        await out.send(CHAT, "Hello"),
        await out.delete(CHAT, 5),
        await out.typing(CHAT),
    ]
    assert said == [Delivery.DONE] * 9
    assert telegram.said == [
        Said("answerCallbackQuery", {"callback_query_id": "77"}),
        Said(
            "answerCallbackQuery", {"callback_query_id": "78", "text": "Already chosen", "show_alert": False}
        ),
        Said("answerCallbackQuery", {"callback_query_id": "79", "text": "Read this", "show_alert": True}),
        Said(
            "editMessageText",
            {"chat_id": CHAT, "message_id": 5, "reply_markup": KEYBOARD} | screen("<b>Now</b>"),
        ),
        Said("editMessageText", {"chat_id": CHAT, "message_id": 5} | screen("Then")),
        Said(
            "sendMessage",
            {"chat_id": CHAT, "reply_markup": KEYBOARD, "protect_content": True, "disable_notification": True}
            | screen("Hello"),
        ),
        Said("sendMessage", {"chat_id": CHAT} | screen("Hello")),
        Said("deleteMessage", {"chat_id": CHAT, "message_id": 5}),
        Said("sendChatAction", {"chat_id": CHAT, "action": "typing"}),
    ]


async def test_files_go_as_forms(telegram: Telegram, out: Outgoing) -> None:
    assert (
        await out.document(CHAT, "packet.html", b"<html>", caption="For <b>you</b>", protect=True)
        is Delivery.DONE
    )
    assert await out.picture(CHAT, b"\x89PNG") is Delivery.DONE
    form = "multipart/form-data"
    fields = {
        "chat_id": str(CHAT),
        "caption": "For <b>you</b>",
        "parse_mode": "HTML",
        "protect_content": "true",
    }
    assert telegram.said == [
        Said("sendDocument", fields, {"document": ("packet.html", b"<html>")}, form),
        Said("sendPhoto", {"chat_id": str(CHAT)}, {"photo": ("picture.png", b"\x89PNG")}, form),
    ]


async def test_unchanged_text_and_a_late_toast_are_done(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["editMessageText"] = [no(400, "Bad Request: message is not modified: exactly the same")]
    telegram.script["answerCallbackQuery"] = [
        no(400, "Bad Request: query is too old and response timeout expired")
    ]
    assert await out.edit(CHAT, 5, "Same") is Delivery.DONE
    assert await out.answer("77") is Delivery.DONE
    assert len(telegram.said) == 2


@pytest.mark.parametrize(
    "reply",
    [BLOCKED, no(403, "Forbidden: user is deactivated"), no(400, "Bad Request: chat not found")],
    ids=["blocked", "deactivated", "never met"],
)
async def test_somebody_unreachable_is_a_value(telegram: Telegram, out: Outgoing, reply: Reply) -> None:
    telegram.script = {"sendMessage": [reply], "editMessageText": [reply]}
    assert await out.send(CHAT, "Hello", again=True) is Delivery.UNREACHABLE
    assert await out.edit(CHAT, 5, "Hello") is Delivery.UNREACHABLE
    assert len(telegram.said) == 2


async def test_what_cannot_be_edited_is_sent(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["editMessageText"] = [GONE, GONE]
    assert await out.edit(CHAT, 5, "Now", keyboard=KEYBOARD) is Delivery.DONE
    assert telegram.said[1:] == [
        Said("sendMessage", {"chat_id": CHAT, "reply_markup": KEYBOARD} | screen("Now"))
    ]
    assert await out.edit(CHAT, 5, "Now", or_send=False) is Delivery.GONE
    assert len(telegram.said) == 3


async def test_what_cannot_be_deleted_is_gone(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["deleteMessage"] = [no(400, "Bad Request: message can't be deleted for everyone")]
    assert await out.delete(CHAT, 5) is Delivery.GONE


async def test_markup_that_telegram_cannot_read_goes_as_plain_text(
    telegram: Telegram, out: Outgoing, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.script = {"sendMessage": [BAD_MARKUP], "sendDocument": [BAD_MARKUP]}
    assert await out.send(CHAT, "<b>5 &lt; 6</b><br>&amp; so on", keyboard=KEYBOARD) is Delivery.DONE
    assert await out.document(CHAT, "a.txt", b"", caption="<i>Yes") is Delivery.DONE
    assert telegram.said[1].body["text"] == "5 < 6& so on"
    assert telegram.said[3].body["caption"] == "Yes"
    assert ["parse_mode" in said.body for said in telegram.said] == [True, False, True, False]
    assert telegram.said[1].body["reply_markup"] == KEYBOARD
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_markup_is_taken_out_only_once(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["sendMessage"] = [BAD_MARKUP, BAD_MARKUP]
    assert await out.send(CHAT, "<b>", again=True) is Delivery.REFUSED
    assert len(telegram.said) == 2


async def test_a_group_that_moved_is_followed_once(telegram: Telegram, out: Outgoing) -> None:
    def moved(to: int) -> Reply:
        return no(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=to)

    telegram.script["sendMessage"] = [moved(-100_41)]
    assert await out.send(-41, "Hello") is Delivery.DONE
    assert [said.body["chat_id"] for said in telegram.said] == [-41, -100_41]
    telegram.script["sendMessage"] = [moved(-100_41), moved(-100_42)]
    assert await out.send(-41, "Hello") is Delivery.REFUSED


@pytest.mark.parametrize(
    "reply",
    [
        no(400, "Bad Request: message is too long"),
        no(400, "Bad Request: BUTTON_DATA_INVALID"),
        no(404, "Not Found: x"),
    ],
)
async def test_a_mistake_of_ours_is_refused_and_logged_without_content(
    telegram: Telegram, out: Outgoing, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    telegram.script["sendMessage"] = [reply]
    assert await out.send(CHAT, "Zebedee went home", again=True) is Delivery.REFUSED
    assert len(telegram.said) == 1
    [line] = caplog.messages
    assert "sendMessage" in line
    assert not [canary for canary in (str(CHAT), "Zebedee", TOKEN) if canary in line]


async def test_a_wrong_token_is_the_operators_to_put_right(telegram: Telegram) -> None:
    async with wire_to(telegram.url, "1234567:wrong_wrong_wrong_wrong_wrong_wrong") as wire:
        with pytest.raises(UnknownToken) as caught:
            await Outgoing(wire, stop=asyncio.Event()).send(CHAT, "Hello")
    assert "wrong_wrong" not in str(caught.value)
