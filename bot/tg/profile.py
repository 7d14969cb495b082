"""How the bot presents itself: its command menu and descriptions, set at start where they differ."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.tg.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION

log = logging.getLogger(__name__)


async def publish(bot: Bot) -> None:
    """Sets what differs. Telegram allows few changes a day, so what is right already is left alone."""
    try:
        wanted = [(command, description) for command, description in COMMANDS]
        if [(known.command, known.description) for known in await bot.get_my_commands()] != wanted:
            await bot.set_my_commands(wanted)
        if (await bot.get_my_description()).description != DESCRIPTION:
            await bot.set_my_description(DESCRIPTION)
        if (await bot.get_my_short_description()).short_description != SHORT_DESCRIPTION:
            await bot.set_my_short_description(SHORT_DESCRIPTION)
    except TelegramError as error:
        log.warning("the command menu and descriptions could not be set: %s", type(error))
