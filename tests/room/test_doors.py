"""The room's doors: events for its page, the page itself, and who is let in at all."""

import socket
import sys
from datetime import timedelta

import pytest

from bot.room import Phone, PracticeRoom

from .page import Listener, Page
from .raw import RawBot, keyboard


async def test_a_chat_is_heard_as_it_happens(
    room: PracticeRoom, bot: RawBot, page: Page, phone: Phone, listener: Listener
) -> None:
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    event = await listener.next("message")
    chat = await page.get(f"/room/people/{phone.id}/chat")
    assert event == {"kind": "message", "person": phone.id, "message": chat["messages"][-1]}
    await bot.ask("sendChatAction", chat_id=phone.id, action="typing")
    assert await listener.next("typing") == {"kind": "typing", "person": phone.id}
    await phone.press("A", wait=False)
    query = next(iter(room.world.taps))
    await bot.ask("answerCallbackQuery", callback_query_id=query, text="Well", show_alert=True)
    assert await listener.next("toast") == {
        "kind": "toast",
        "person": phone.id,
        "text": "Well",
        "alert": True,
    }
    await bot.ask("editMessageText", chat_id=phone.id, message_id=2, text="!")
    assert (await listener.next("message"))["message"]["edited"] is True
    await bot.ask("deleteMessage", chat_id=phone.id, message_id=2)
    assert await listener.next("deleted") == {"kind": "deleted", "person": phone.id, "message_id": 2}


async def test_people_clock_and_bot_are_heard(room: PracticeRoom, bot: RawBot, listener: Listener) -> None:
    phone = room.new_person(name="Trainer")
    joined = {"kind": "person", "id": phone.id, "name": "Trainer", "blocked": False}
    assert await listener.next("person") == joined
    phone.block()
    assert await listener.next("person") == joined | {"blocked": True}
    room.clock.forward(timedelta(days=1))
    assert (await listener.next("clock"))["offset_seconds"] == 86_400
    await bot.ask("setMyName", name="New")
    assert (await listener.next("bot"))["name"] == "New"


async def test_a_listener_is_let_go_when_the_room_stops(room: PracticeRoom, listener: Listener) -> None:
    await room.stop()
    assert (await listener.rest()).strip() == b""


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("localhost:1", 200),
        ("[::1]:1", 200),
        ("evil.example:1", 403),
        ("127.0.0.1.evil", 403),
    ],
)
async def test_a_name_that_merely_points_here_is_refused(bot: RawBot, host: str, status: int) -> None:
    async with bot.session.get(f"{bot.room.url}/room/state", headers={"Host": host}) as answer:
        assert answer.status == status


@pytest.mark.parametrize(
    ("verb", "origin", "status"),
    [
        ("POST", "own", 200),
        ("POST", "https://evil.example", 403),
        ("POST", "null", 403),
        ("GET", "null", 200),
    ],
)
async def test_a_foreign_page_changes_nothing(bot: RawBot, verb: str, origin: str, status: int) -> None:
    path = "/room/people" if verb == "POST" else "/room/state"
    headers = {"Origin": bot.room.url if origin == "own" else origin}
    async with bot.session.request(verb, f"{bot.room.url}{path}", headers=headers) as answer:
        assert answer.status == status


async def test_the_page_comes_under_a_strict_policy(bot: RawBot) -> None:
    async with bot.session.get(f"{bot.room.url}/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["..%2f__init__.py", "nothing.js", "page.py%00.js"])
async def test_nothing_but_the_page_is_served(bot: RawBot, name: str) -> None:
    async with bot.session.get(f"{bot.room.url}/page/{name}") as answer:
        assert answer.status == 404


async def test_a_taken_port_is_said(room: PracticeRoom) -> None:
    with pytest.raises(OSError, match="address already in use"):
        await PracticeRoom().start(room.port)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this computer on Linux only")
async def test_the_room_listens_to_this_computer_only(room: PracticeRoom) -> None:
    assert room.url == f"http://127.0.0.1:{room.port}"
    with socket.socket() as free:
        free.bind(("127.0.0.2", room.port))  # taken, if the room listened everywhere


async def test_neither_token_nor_words_are_logged(
    room: PracticeRoom, bot: RawBot, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await bot.ask("sendMessage", chat_id=phone.id, text="between us")
    await bot.refused("sendMessage", chat_id=phone.id, text="")
    await bot.session.get(f"{room.url}/bot{room.token}x/getMe")
    for secret in (room.token, "between us", f"{phone.id}"):
        assert secret not in caplog.text
