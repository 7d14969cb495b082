"""A bare aiogram bot: the same calls with the same texts, nothing stored, nothing checked."""

import asyncio
import logging
import os

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from . import script

SCRIPT = script.load()


async def on_tap(query: CallbackQuery, bot: Bot) -> None:
    assert isinstance(query.message, Message)
    line = SCRIPT[script.follows(query.data or "")]
    await query.answer()
    if line.edit is not None:
        await query.message.edit_text(line.edit)
    await bot.send_message(query.message.chat.id, line.text, reply_markup=_keyboard(line))


async def on_start(message: Message, bot: Bot) -> None:
    await bot.send_message(message.chat.id, SCRIPT[0].text, reply_markup=_keyboard(SCRIPT[0]))


async def on_text(message: Message, bot: Bot) -> None:
    await bot.send_message(message.chat.id, message.text or "")


def _keyboard(line: script.Line) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=payload) for label, payload in row]
            for row in line.rows
        ]
    )


async def run() -> None:
    """Run until SIGTERM."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    bot = Bot(
        os.environ["BOT_TOKEN"], session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML)
    )
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(on_tap)
    dispatcher.message.register(on_start, CommandStart())
    dispatcher.message.register(on_text)
    await dispatcher.start_polling(bot)


def main() -> None:
    logging.getLogger("aiogram").setLevel(logging.ERROR)  # it warns of every SIGTERM
    asyncio.run(run())


if __name__ == "__main__":
    main()
