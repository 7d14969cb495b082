"""aiogram, a client that nobody here wrote, holds a conversation in the practice room.

It takes two seconds to import, so it is imported with the first test that wants it and not while tests are collected.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.room import Fault, PracticeRoom

if TYPE_CHECKING:
    from aiogram import Bot


@pytest.fixture
async def bot(room: PracticeRoom) -> "AsyncIterator[Bot]":
    from .aiogram_bot import bot_of  # noqa: PLC0415

    made = bot_of(room)
    yield made
    await made.session.close()


@pytest.fixture
async def polling(bot: "Bot") -> AsyncIterator[None]:
    from .aiogram_bot import dispatcher  # noqa: PLC0415

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


async def test_refusals_are_aiograms_exceptions(room: PracticeRoom, bot: "Bot") -> None:
    from aiogram.exceptions import (  # noqa: PLC0415
        TelegramBadRequest,
        TelegramForbiddenError,
        TelegramRetryAfter,
    )

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
