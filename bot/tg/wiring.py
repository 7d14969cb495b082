"""Which update goes where: one list, read from the top; the first that fits takes it."""

from collections.abc import Awaitable, Callable, Sequence
from re import compile as pattern
from typing import Any

from telegram import Bot, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.app import forgetting
from bot.tg.dialogue import Dialogue, plain_word
from bot.tg.transport import Unreached

On = Callable[[Update], Awaitable[None]]
Handlers = Sequence[tuple[BaseHandler[Any, Any, Any], On]]

#: What is needed of a message whose button was tapped.
_TAPPED = ("message_id", "date", "chat")
_PRIVATE = filters.ChatType.PRIVATE
_LINK = pattern(r"[A-Za-z0-9_-]{1,64}")


class _PlainWord(filters.MessageFilter):
    """A message of nothing but one of the words that always work."""

    def filter(self, message: Message) -> bool:
        return message.text is not None and plain_word(message.text) is not None


class _CommandWithWords(filters.MessageFilter):
    """A command with words behind it, which may be about somebody. The code of a /start link is none."""

    def filter(self, message: Message) -> bool:
        command, _, words = (message.text or "").strip().partition(" ")
        if not command.startswith("/") or not words.strip():
            return command.startswith("/") and "\n" in command
        return not (command.split("@")[0] == "/start" and _LINK.fullmatch(words))


def handlers(dialogue: Dialogue) -> Handlers:
    """Every handler in its order."""
    skills = [skill.lower() for skill in dialogue.practitioner.means.shelf.skills]
    return (
        (CallbackQueryHandler(_never), dialogue.on_tap),
        (ChatMemberHandler(_never, ChatMemberHandler.MY_CHAT_MEMBER), dialogue.on_reach),
        (MessageHandler(~_PRIVATE, _never), dialogue.on_group),
        (MessageHandler(_CommandWithWords(), _never), dialogue.on_command_with_words),
        (CommandHandler("start", _never), dialogue.on_start),
        (CommandHandler("practise", _never), dialogue.on_practise),
        (CommandHandler("scenarios", _never), dialogue.on_scenarios),
        (CommandHandler("skills", _never), dialogue.on_skills),
        (CommandHandler(skills, _never), dialogue.on_skill),
        (CommandHandler("progress", _never), dialogue.on_progress),
        (CommandHandler("privacy", _never), dialogue.on_privacy),
        (CommandHandler("mydata", _never), dialogue.on_mydata),
        (CommandHandler("forget", _never), dialogue.on_forget),
        (CommandHandler("urgent", _never), dialogue.on_urgent),
        (CommandHandler("help", _never), dialogue.on_help),
        (CommandHandler("stop", _never), dialogue.on_stop),
        (MessageHandler(filters.COMMAND, _never), dialogue.on_unknown_command),
        (MessageHandler(_PlainWord(), _never), dialogue.on_word),
        (MessageHandler(filters.ALL, _never), dialogue.on_typed),
    )


def dispatcher(bot: Bot, dialogue: Dialogue) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """Takes one raw update to its handler. A bug is answered with an apology, and goes on to the receiver's count."""
    ordered = handlers(dialogue)

    async def dispatch(raw: dict[str, Any]) -> None:
        update = Update.de_json(_lean(raw), bot)
        for handler, on in ordered:
            fits = handler.check_update(update)
            if fits is not None and fits is not False:
                await _guarded(on, update, dialogue)
                return

    return dispatch


def _lean(raw: dict[str, Any]) -> dict[str, Any]:
    """An update without the text and buttons of a tapped message: nobody reads them, and to parse them is dear."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict):
        return raw
    kept = {name: message[name] for name in _TAPPED if name in message}
    return raw | {"callback_query": query | {"message": kept}}


async def _guarded(on: On, update: Update, dialogue: Dialogue) -> None:
    try:
        await on(update)
    except Unreached:
        raise  # told to stop: the update is left to the next start, so there is nothing to be sorry for
    except forgetting.Unfinished:
        await dialogue.unfinished(update)
        raise
    except Exception:
        await dialogue.sorry(update)
        raise


async def _never(_update: Update, _context: object) -> None:
    """python-telegram-bot wants a callback; here its handlers only say which updates fit."""
    raise AssertionError("handlers are asked, not called")
