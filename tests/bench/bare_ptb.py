"""A bare python-telegram-bot: the same calls with the same texts, nothing stored, nothing checked.

``default``: as shipped. ``form``: over aiohttp, 64 updates at once. Its script tells what to say; without one it only
echoes, which is all that a start needs.
"""

import os
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

AT_ONCE = 64


class Bare:
    """The handlers."""

    def __init__(self) -> None:
        self._script = []
        if "BENCH_SCRIPT" in os.environ:
            from . import script  # noqa: PLC0415 - a bot that is only started carries no script

            self._script, self._follows = script.load(), script.follows

    async def on_tap(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        line = self._script[self._follows(query.data or "")]
        await query.answer()
        if line.edit is not None:
            await query.edit_message_text(line.edit, parse_mode=ParseMode.HTML)
        await context.bot.send_message(
            query.message.chat.id, line.text, parse_mode=ParseMode.HTML, reply_markup=_keyboard(line.rows)
        )

    async def on_start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat is not None
        line = self._script[0]
        await context.bot.send_message(
            update.effective_chat.id, line.text, parse_mode=ParseMode.HTML, reply_markup=_keyboard(line.rows)
        )

    async def on_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await context.bot.send_message(update.message.chat.id, update.message.text or "")


def _keyboard(rows: tuple[tuple[tuple[str, str], ...], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=payload) for label, payload in row] for row in rows]
    )


def main(transport: str) -> None:
    """Run until SIGTERM."""
    builder = Application.builder().token(os.environ["BOT_TOKEN"])
    builder = builder.base_url(f"{os.environ['BOT_API_URL']}/bot")
    if transport == "form":
        from .form_request import FormRequest  # noqa: PLC0415 - the bot as shipped does not load aiohttp

        builder = (
            builder.request(FormRequest()).get_updates_request(FormRequest()).concurrent_updates(AT_ONCE)
        )
    application = builder.build()
    bare = Bare()
    application.add_handler(CallbackQueryHandler(bare.on_tap))
    application.add_handler(CommandHandler("start", bare.on_start))
    application.add_handler(MessageHandler(filters.TEXT, bare.on_text))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "default")
