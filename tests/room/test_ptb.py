"""python-telegram-bot as it ships: its requests are all taken, and the room's refusals become its exceptions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
import telegram as tg
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.room import Fault, Phone, PracticeRoom

from .raw import png

Request = Callable[[tg.Bot, int], Awaitable[object]]

BUTTONS = tg.InlineKeyboardMarkup(
    [
        [
            tg.InlineKeyboardButton("A", callback_data="a"),
            tg.InlineKeyboardButton("B", url="https://example.org"),
        ],
        [tg.InlineKeyboardButton("C", copy_text=tg.CopyTextButton("c"))],
    ]
)
KEYS = tg.ReplyKeyboardMarkup([["A", tg.KeyboardButton("B")]], resize_keyboard=True, one_time_keyboard=True)
PRICE = [tg.LabeledPrice("A", 100)]

# Done by the room.
TAKEN: dict[str, Request] = {
    "get_me": lambda bot, _: bot.get_me(),
    "get_chat": lambda bot, chat: bot.get_chat(chat),
    "plain": lambda bot, chat: bot.send_message(chat, "x"),
    "html": lambda bot, chat: bot.send_message(chat, "<b>x</b>", parse_mode=ParseMode.HTML),
    "entities": lambda bot, chat: bot.send_message(chat, "x", entities=[tg.MessageEntity("bold", 0, 1)]),
    "buttons": lambda bot, chat: bot.send_message(chat, "x", reply_markup=BUTTONS),
    "keys": lambda bot, chat: bot.send_message(chat, "x", reply_markup=KEYS),
    "no keys": lambda bot, chat: bot.send_message(chat, "x", reply_markup=tg.ReplyKeyboardRemove()),
    "force reply": lambda bot, chat: bot.send_message(chat, "x", reply_markup=tg.ForceReply(selective=True)),
    "quietly": lambda bot, chat: bot.send_message(chat, "x", disable_notification=True, protect_content=True),
    "no preview": lambda bot, chat: bot.send_message(
        chat, "https://example.org", link_preview_options=tg.LinkPreviewOptions(is_disabled=True)
    ),
    "a reply": lambda bot, chat: bot.send_message(chat, "x", reply_parameters=tg.ReplyParameters(1)),
    "a reply if possible": lambda bot, chat: bot.send_message(
        chat, "x", reply_to_message_id=99, allow_sending_without_reply=True
    ),
    "photo": lambda bot, chat: bot.send_photo(chat, png(), caption="x", has_spoiler=True),
    "document": lambda bot, chat: bot.send_document(chat, b"x", filename="a b.txt", caption="x"),
    "named document": lambda bot, chat: bot.send_document(chat, tg.InputFile(b"x", filename="ä.pdf")),
    "album": lambda bot, chat: bot.send_media_group(
        chat, [tg.InputMediaPhoto(png(), caption="x"), tg.InputMediaPhoto(png())]
    ),
    "albumed documents": lambda bot, chat: bot.send_media_group(
        chat, [tg.InputMediaDocument(b"x", filename="a.txt"), tg.InputMediaDocument(b"y")]
    ),
    "action": lambda bot, chat: bot.send_chat_action(chat, ChatAction.TYPING),
    "copy": lambda bot, chat: bot.copy_message(chat, chat, 1),
    "forward": lambda bot, chat: bot.forward_message(chat, chat, 1),
    "commands": lambda bot, _: bot.set_my_commands([tg.BotCommand("start", "Begin"), ("help", "Help")]),
    "scoped commands": lambda bot, chat: bot.set_my_commands(
        [("a", "A")], scope=tg.BotCommandScopeChat(chat), language_code="cy"
    ),
    "get commands": lambda bot, chat: bot.get_my_commands(scope=tg.BotCommandScopeChat(chat)),
    "delete commands": lambda bot, _: bot.delete_my_commands(scope=tg.BotCommandScopeAllPrivateChats()),
    "name": lambda bot, _: bot.set_my_name("Both/And", language_code="en"),
    "get name": lambda bot, _: bot.get_my_name(),
    "description": lambda bot, _: bot.set_my_description("x"),
    "get description": lambda bot, _: bot.get_my_description(language_code="en"),
    "short description": lambda bot, _: bot.set_my_short_description("x"),
    "get short description": lambda bot, _: bot.get_my_short_description(),
    "webhook": lambda bot, _: bot.get_webhook_info(),
    "no webhook": lambda bot, _: bot.delete_webhook(drop_pending_updates=True),
    "updates": lambda bot, _: bot.get_updates(offset=-1, timeout=0, allowed_updates=tg.Update.ALL_TYPES),
    "delete": lambda bot, chat: bot.delete_message(chat, 1),
    "delete several": lambda bot, chat: bot.delete_messages(chat, [1, 2]),
}

# Not done by the room: its "no" must be honest, and never a complaint about the request.
LEFT: dict[str, Request] = {
    "poll": lambda bot, chat: bot.send_poll(chat, "?", ["a", tg.InputPollOption("b")], is_anonymous=False),
    "location": lambda bot, chat: bot.send_location(chat, 51.45, -2.58),
    "venue": lambda bot, chat: bot.send_venue(chat, 51.45, -2.58, "x", "y"),
    "contact": lambda bot, chat: bot.send_contact(chat, "+44", "x"),
    "dice": lambda bot, chat: bot.send_dice(chat),
    "sticker": lambda bot, chat: bot.send_sticker(chat, b"x"),
    "voice": lambda bot, chat: bot.send_voice(chat, b"x", duration=timedelta(seconds=3)),
    "video": lambda bot, chat: bot.send_video(chat, b"x", width=4, height=3, supports_streaming=True),
    "audio": lambda bot, chat: bot.send_audio(chat, b"x", title="y"),
    "animation": lambda bot, chat: bot.send_animation(chat, b"x"),
    "invoice": lambda bot, chat: bot.send_invoice(chat, "x", "y", "z", "XTR", PRICE),
    "member": lambda bot, chat: bot.get_chat_member(chat, chat),
    "pin": lambda bot, chat: bot.pin_chat_message(chat, 1),
    "reaction": lambda bot, chat: bot.set_message_reaction(chat, 1, tg.ReactionTypeEmoji("👍")),
    "menu button": lambda bot, chat: bot.set_chat_menu_button(chat, tg.MenuButtonCommands()),
    "rights": lambda bot, _: bot.set_my_default_administrator_rights(),
    "inline": lambda bot, _: bot.answer_inline_query(
        "1", [tg.InlineQueryResultArticle("1", "x", tg.InputTextMessageContent("y"))]
    ),
    "stickers": lambda bot, _: bot.get_sticker_set("x"),
    "draft": lambda bot, chat: bot.send_message_draft(chat, 1, "x"),
}


@pytest.fixture
async def bot(room: PracticeRoom) -> AsyncIterator[tg.Bot]:
    made = tg.Bot(room.token, base_url=f"{room.url}/bot", base_file_url=f"{room.url}/file/bot")
    async with made:
        yield made


@pytest.mark.parametrize("request_", TAKEN.values(), ids=TAKEN.keys())
async def test_a_request_is_taken(bot: tg.Bot, phone: Phone, request_: Request) -> None:
    await request_(bot, phone.id)


@pytest.mark.parametrize("request_", LEFT.values(), ids=LEFT.keys())
async def test_a_request_gets_an_honest_no(bot: tg.Bot, phone: Phone, request_: Request) -> None:
    with pytest.raises(BadRequest, match=r"^[Tt]he practice room does not do \w+$"):
        await request_(bot, phone.id)


async def test_a_conversation(bot: tg.Bot, phone: Phone) -> None:
    sent = await bot.send_message(phone.id, "?", reply_markup=BUTTONS)
    await phone.press("A", wait=False)
    updates = await bot.get_updates(timeout=50)
    query = updates[-1].callback_query
    assert query is not None
    assert query.data == "a"
    await query.answer("Well", show_alert=True)
    await query.edit_message_text("!")
    await bot.edit_message_reply_markup(phone.id, sent.message_id, reply_markup=BUTTONS)
    await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    await phone.settles()
    assert phone.alerts == ["Well"]
    assert (phone.screen.text, phone.screen.buttons) == ("!", [["A", "B"], ["C"]])


async def test_pictures_change_in_place(bot: tg.Bot, phone: Phone) -> None:
    sent = await bot.send_photo(phone.id, png(), caption="x")
    new = tg.InputMediaPhoto(png(80, 60), caption="<b>y</b>", parse_mode=ParseMode.HTML)
    edited = await bot.edit_message_media(new, phone.id, sent.message_id)
    assert isinstance(edited, tg.Message)
    assert (edited.photo[-1].width, edited.caption_html) == (80, "<b>y</b>")
    await bot.edit_message_caption(phone.id, sent.message_id, caption="z")
    assert phone.screen.text == "z"


async def test_a_file_comes_down_again(bot: tg.Bot, phone: Phone) -> None:
    await phone.send_file("a.txt", b"Dear all", "text/plain", caption="Look", wait=False)
    message = (await bot.get_updates(timeout=50))[-1].message
    assert message is not None
    assert message.document is not None
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"Dear all"


async def test_everything_a_person_can_send_is_read(bot: tg.Bot, phone: Phone) -> None:
    first = await phone.type("/start abc", wait=False)
    await phone.send_photo(png(), caption="x", wait=False)
    await phone.send_sticker(wait=False)
    await phone.send_voice(wait=False)
    await phone.send_location(51.45, -2.58, wait=False)
    await phone.send_contact(phone_number="+44 1", first_name="x", wait=False)
    phone.edit(first, "/start def")
    phone.block()
    phone.unblock()
    kinds = [
        next(iter(set(update.to_dict()) - {"update_id"})) for update in await bot.get_updates(timeout=50)
    ]
    assert kinds == ["message"] * 7 + ["edited_message"] + ["my_chat_member"] * 2


REFUSED: dict[str, tuple[Request, type[Exception], str]] = {
    "nobody": (lambda bot, _: bot.send_message(5, "x"), BadRequest, "Chat not found"),
    "empty": (lambda bot, chat: bot.send_message(chat, ""), BadRequest, "Message text is empty"),
    "blank": (lambda bot, chat: bot.send_message(chat, " "), BadRequest, "Text must be non-empty"),
    "long": (lambda bot, chat: bot.send_message(chat, "x" * 4097), BadRequest, "Message is too long"),
    "markup": (
        lambda bot, chat: bot.send_message(chat, "5 < 6", parse_mode="HTML"),
        BadRequest,
        'Can\'t parse entities: unsupported start tag "" at byte offset 2',
    ),
    "payload": (
        lambda bot, chat: bot.send_message(
            chat,
            "x",
            reply_markup=tg.InlineKeyboardMarkup([[tg.InlineKeyboardButton("A", callback_data="x" * 65)]]),
        ),
        BadRequest,
        "Button_data_invalid",
    ),
    "caption": (
        lambda bot, chat: bot.send_photo(chat, png(), caption="x" * 1025),
        BadRequest,
        "Message caption is too long",
    ),
    "gone": (
        lambda bot, chat: bot.edit_message_text("x", chat, 99),
        BadRequest,
        "Message to edit not found",
    ),
    "no tap": (
        lambda bot, _: bot.answer_callback_query("1"),
        BadRequest,
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "undeletable": (
        lambda bot, chat: bot.delete_message(chat, 99),
        BadRequest,
        "Message to delete not found",
    ),
}


@pytest.mark.parametrize(("request_", "kind", "words"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_refusal_is_its_exception(
    bot: tg.Bot, phone: Phone, request_: Request, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as refused:
        await request_(bot, phone.id)
    assert str(refused.value).lower() == words.lower()


async def test_an_unchanged_edit_is_its_exception(bot: tg.Bot, phone: Phone) -> None:
    sent = await bot.send_message(phone.id, "x")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("x")


async def test_a_block_is_forbidden(bot: tg.Bot, phone: Phone) -> None:
    phone.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(phone.id, "x")


async def test_a_wrong_token_is_invalid(room: PracticeRoom) -> None:
    polls, calls = HTTPXRequest(), HTTPXRequest()
    stranger = tg.Bot("1:x", base_url=f"{room.url}/bot", request=calls, get_updates_request=polls)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await polls.shutdown()
    await calls.shutdown()


async def test_faults_are_their_exceptions(
    room: PracticeRoom, bot: tg.Bot, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    room.faults.add(Fault("sendMessage", "flood", retry_after=7))
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(phone.id, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    room.faults.add(Fault("sendMessage", "migrate", migrate_to=-100123))
    with pytest.raises(ChatMigrated):
        await bot.send_message(phone.id, "x")
    room.faults.add(Fault("sendMessage", "deactivated"))
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(phone.id, "x")
    for fault in (Fault("sendMessage", "status", status=502), Fault("sendMessage", "drop-before")):
        room.faults.add(fault)
        with pytest.raises(NetworkError):
            await bot.send_message(phone.id, "x")
    room.faults.add(Fault("sendMessage", "garbage"))
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(phone.id, "x")


async def test_a_second_poll_is_a_conflict(room: PracticeRoom, bot: tg.Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await room.world.changes.until(lambda: room.world.updates.polled or None)
    async with tg.Bot(room.token, base_url=f"{room.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=50))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        room.new_person().block()
        assert len(await second) == 1
