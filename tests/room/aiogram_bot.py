"""A bot in aiogram's own words."""

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
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

from bot.room import PracticeRoom

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])


def dispatcher() -> Dispatcher:
    """What it does with each update."""
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


def bot_of(room: PracticeRoom) -> Bot:
    """The room's bot, as aiogram's own class. Its session is the caller's to close."""
    return Bot(room.token, session=AiohttpSession(api=TelegramAPIServer.from_base(room.url)))
