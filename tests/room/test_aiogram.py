"""aiogram, a client that nobody here wrote, holds a conversation in the practice room."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from bot.room import Fault, PracticeRoom

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])


def dispatcher() -> Dispatcher:
    """A bot in aiogram's own words."""
    made = Dispatcher()

    @made.message(CommandStart())
    async def on_start(message: Message) -> None:
        await message.answer("<b>Hello</b>", parse_mode="HTML", reply_markup=BUTTONS)

    @made.callback_query(F.data == "a")
    async def on_tap(query: CallbackQuery, bot: Bot) -> None:
        await query.answer("Noted", show_alert=True)
        assert isinstance(query.message, Message)
        await query.message.edit_text("You chose A")
        await query.message.answer_document(
            BufferedInputFile(b"Dear all", filename="a letter.txt"), caption="Read"
        )
        scope = BotCommandScopeChat(chat_id=query.from_user.id)
        await bot.set_my_commands([BotCommand(command="more", description="More")], scope=scope)
        await query.message.answer("Done")

    @made.message(F.document)
    async def on_document(message: Message, bot: Bot) -> None:
        assert message.document is not None
        content = await bot.download(message.document)
        assert content is not None
        await message.answer(f"{len(content.read())} bytes")

    return made


@pytest.fixture
async def bot(room: PracticeRoom) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(room.url))
    made = Bot(room.token, session=session)
    yield made
    await session.close()


@pytest.fixture
async def polling(bot: Bot) -> AsyncIterator[None]:
    made = dispatcher()
    task = asyncio.create_task(made.start_polling(bot, handle_signals=False, close_bot_session=False))
    yield
    await made.stop_polling()
    await task


@pytest.mark.usefixtures("polling")
async def test_aiogram_holds_a_conversation(room: PracticeRoom) -> None:
    phone = room.new_person()
    await phone.type("/start")
    assert (await phone.waits_for("Hello")).html == "<b>Hello</b>"
    await phone.press("A")
    await phone.waits_for("Done")
    assert phone.alerts == ["Noted"]
    assert [message.text for message in phone.messages if message.from_bot] == ["You chose A", "Read", "Done"]
    document = phone.messages[2].document
    assert document is not None
    assert (document.name, document.content) == ("a letter.txt", b"Dear all")
    assert phone.commands == ["more"]
    await phone.send_file("back.txt", b"Dear bot", "text/plain")
    await phone.waits_for("8 bytes")
    assert room.policy() == []


async def test_refusals_are_aiograms_exceptions(room: PracticeRoom, bot: Bot) -> None:
    phone = room.new_person()
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(phone.id, "x")
    await phone.type("/start", wait=False)
    room.faults.add(Fault("sendMessage", "flood", retry_after=7))
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(phone.id, "x")
    assert flood.value.retry_after == 7
    phone.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(phone.id, "x")
