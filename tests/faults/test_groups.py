"""Put into a group, the bot says one sentence and leaves; whoever takes it out of one is not thereby gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import boot
from bot.app import joining
from bot.core.ids import TelegramId
from bot.core.moments import moment
from bot.core.scenario import Nation
from bot.store.people import Person
from tests.tg.wire import TOKEN, Reply, Said, Telegram, telegram, yes

ANNA = TelegramId(7_654_321_098)
GROUP = {"id": -1_001_234_567_890, "type": "supergroup", "title": "The whole team"}
PRIVATE = {"id": ANNA, "type": "private", "first_name": "Somebody"}
SOMEBODY = {"id": ANNA, "is_bot": False, "first_name": "Somebody"}
BOT = {"id": 7_318_264_590, "is_bot": True, "first_name": "Both/And", "username": "practice_room_bot"}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

WORDS = "I only work in a private chat, so that nobody’s practice is seen by others. I am leaving this group."


def about_itself(said: Said) -> Reply | None:
    """What the server says of the bot; everything else is a plain yes."""
    told: dict[str, object] = {
        "getMe": BOT | {"can_join_groups": True},
        "getMyCommands": [],
        "getMyDescription": {"description": ""},
        "getMyShortDescription": {"short_description": ""},
    }
    return yes(told[said.method]) if said.method in told else None


@dataclass(frozen=True)
class Server:
    """A Bot API server that writes down what the bot says, and the bot."""

    telegram: Telegram
    where: boot.Where

    @asynccontextmanager
    async def with_bot(self) -> AsyncIterator[None]:
        """The bot runs."""
        stop = asyncio.Event()
        bot = asyncio.create_task(boot.serve(self.where, clock=lambda: NOW, stop=stop))
        try:
            yield
        finally:
            stop.set()
            await bot

    async def sends(self, **content: Any) -> None:
        """One update; returns when the bot has dealt with it."""
        number = len(self.telegram.acknowledged) + 1
        await self.telegram.send({"update_id": number, **content})
        await self.telegram.until_acknowledged(number)

    async def joins(self) -> None:
        """Anna is a practitioner; the bot does not run."""
        async with boot.store(self.where) as (database, means):
            await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=moment(NOW))

    async def person(self) -> Person | None:
        """What is kept of Anna; the bot does not run."""
        async with boot.store(self.where) as (database, means):
            return await database.run(joining.person, means, ANNA)

    @property
    def said(self) -> list[tuple[str, object, object]]:
        """What the bot said in the group: method, chat and text."""
        return [
            (said.method, said.body["chat_id"], said.body.get("text"))
            for said in self.telegram.said
            if "chat_id" in said.body
        ]


@pytest.fixture
async def server(tmp_path: Path, compiled: bytes) -> AsyncIterator[Server]:
    """Telegram with groups, which the practice room does not have."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "shelf.cache").write_bytes(compiled)
    async with telegram() as running:
        running.answers = about_itself
        where = boot.Where(TOKEN, running.url, tmp_path / "data", tmp_path / "key" / "root.key")
        yield Server(running, where)


def membership(chat: dict[str, Any], status: str) -> dict[str, object]:
    """The bot's place in a chat has changed."""
    until = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": chat,
        "from": SOMEBODY,
        "date": 1,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status} | until,
    }


SAID_AND_LEFT = [("sendMessage", GROUP["id"], WORDS), ("leaveChat", GROUP["id"], None)]


@pytest.mark.parametrize("text", ["/start", "/practise@practice_room_bot", "pause", "anything at all"])
async def test_to_a_message_in_a_group_it_says_one_sentence_and_leaves(server: Server, text: str) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    message = {
        "message_id": 5,
        "date": 1,
        "chat": GROUP,
        "from": SOMEBODY,
        "text": text,
        "entities": entities,
    }
    async with server.with_bot():
        await server.sends(message=message)
    assert server.said == SAID_AND_LEFT


async def test_put_into_a_group_it_leaves_at_once_without_waiting_for_a_message(server: Server) -> None:
    async with server.with_bot():
        await server.sends(my_chat_member=membership(GROUP, "member"))
    assert server.said == SAID_AND_LEFT


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_whoever_takes_it_out_of_a_group_can_still_be_reached(server: Server, status: str) -> None:
    await server.joins()
    before = await server.person()
    async with server.with_bot():
        await server.sends(my_chat_member=membership(GROUP, status))
    assert server.said == []
    assert await server.person() == before


async def test_whoever_blocks_it_cannot_be_reached_until_the_block_is_lifted(server: Server) -> None:
    await server.joins()
    async with server.with_bot():
        await server.sends(my_chat_member=membership(PRIVATE, "kicked"))
    blocked = await server.person()
    assert blocked is not None
    assert blocked.unreachable_since == moment(NOW).day
    async with server.with_bot():
        await server.sends(my_chat_member=membership(PRIVATE, "member"))
    lifted = await server.person()
    assert lifted is not None
    assert lifted.unreachable_since is None
    assert server.said == []
