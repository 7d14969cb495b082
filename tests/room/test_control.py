"""The control API, as the page and outside tests use it."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.room import Fault, Phone, PracticeRoom
from bot.room.faults import KINDS

from .page import Page
from .raw import RawBot, keyboard, png

Json = dict[str, Any]


async def test_the_state_says_who_is_there(room: PracticeRoom, bot: RawBot, page: Page, phone: Phone) -> None:
    await bot.ask("setMyDescription", description="Practise decisions")
    await bot.ask("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await bot.ask("sendMessage", chat_id=phone.id, text="x")
    state = await page.get("/room/state")
    assert state["bot"] == {
        "name": "Both/And",
        "username": "practice_room_bot",
        "description": "Practise decisions",
        "short_description": "",
        "commands": [{"command": "start", "description": "Begin"}],
        "polling": False,
        "last_poll": None,
    }
    assert state["people"] == [{"id": phone.id, "name": "Person 1", "blocked": False, "unread": 1}]
    assert state["offset_seconds"] == 0
    assert abs(datetime.fromisoformat(state["now"]) - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_person_joins_says_and_taps(bot: RawBot, page: Page) -> None:
    person = await page.post("/room/people", {"name": "Trainer"})
    assert person["name"] == "Trainer"
    chat = f"/room/people/{person['id']}"
    assert await page.post(f"{chat}/say", {"text": "/start"}) == {"message_id": 1}
    await bot.ask("sendMessage", chat_id=person["id"], text="?", reply_markup=keyboard("A", "B"))
    assert await page.post(f"{chat}/tap", {"message_id": 2, "label": "A"}) == {}
    assert await page.post(f"{chat}/tap", {"message_id": 2, "row": 0, "column": 1}) == {}
    updates = await bot.updates()
    assert [update.get("callback_query", {}).get("data") for update in updates] == [None, "a", "b"]


async def test_a_message_is_drawn_for_the_page(bot: RawBot, page: Page, phone: Phone) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "A", "callback_data": "a"}, {"text": "Read", "url": "https://example.org/"}],
            [{"text": "Copy", "copy_text": {"text": "c"}}],
        ]
    }
    args = {"text": "a <b>b</b>", "parse_mode": "HTML", "reply_markup": markup, "protect_content": True}
    sent = await bot.ask("sendMessage", chat_id=phone.id, **args)
    chat = await page.get(f"/room/people/{phone.id}/chat")
    message = chat["messages"][-1]
    plain = dict.fromkeys(
        ("bold", "italic", "underline", "strike", "code", "pre", "quote", "spoiler"), False
    ) | {"link": None}
    assert message == {
        "message_id": sent["message_id"],
        "from": "bot",
        "at": message["at"],
        "edited": False,
        "runs": [{"text": "a "} | plain, {"text": "b"} | plain | {"bold": True}],
        "buttons": [
            [
                {"label": "A", "kind": "callback"},
                {"label": "Read", "kind": "url", "url": "https://example.org/"},
            ],
            [{"label": "Copy", "kind": "other"}],
        ],
        "reply_keyboard": None,
        "photo": None,
        "document": None,
        "caption": False,
        "protected": True,
    }
    assert (await page.get("/room/state"))["people"][0]["unread"] == 0


async def test_typing_shows_for_five_seconds(
    room: PracticeRoom, bot: RawBot, page: Page, phone: Phone
) -> None:
    await bot.ask("sendChatAction", chat_id=phone.id, action="typing")
    assert (await page.get(f"/room/people/{phone.id}/chat"))["typing"] is True
    room.clock.forward(timedelta(seconds=5))
    assert (await page.get(f"/room/people/{phone.id}/chat"))["typing"] is False


@pytest.mark.parametrize(
    ("content", "mime", "kind"),
    [(png(), "image/png", "photo"), (b"%PDF", "application/pdf", "document")],
)
async def test_a_file_goes_up_and_comes_down(
    page: Page, phone: Phone, content: bytes, mime: str, kind: str
) -> None:
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(content), filename="a", content_type=mime)
    sent = await page.post(f"/room/people/{phone.id}/upload", data=form)
    message = (await page.get(f"/room/people/{phone.id}/chat"))["messages"][-1]
    assert message["message_id"] == sent["message_id"]
    assert await page.download(f"/room/file/{message[kind]['file_id']}") == {
        "content": content,
        "kind": mime if kind == "photo" else "application/octet-stream",
        "sniffed": "nosniff",
    }


async def test_blocking_goes_both_ways(bot: RawBot, page: Page, phone: Phone) -> None:
    await page.post(f"/room/people/{phone.id}/block")
    assert (await page.get("/room/state"))["people"][0]["blocked"] is True
    status, body = await page.ask("POST", f"/room/people/{phone.id}/say", {"text": "Hello"})
    assert (status, body) == (409, {"error": "this person has blocked the bot; unblock it first"})
    await page.post(f"/room/people/{phone.id}/unblock")
    await page.post(f"/room/people/{phone.id}/say", {"text": "Hello"})
    assert [next(iter(set(update) - {"update_id"})) for update in await bot.updates()] == [
        "message",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]


async def test_the_clock_is_moved_and_put_back(room: PracticeRoom, page: Page) -> None:
    moved = await page.post("/room/clock", {"forward_seconds": 3600})
    assert moved["offset_seconds"] == 3600
    moved = await page.post("/room/clock", {"at": "2031-05-05T12:00:00+00:00"})
    assert moved["now"].startswith("2031-05-05T12:00:0")
    assert (await page.post("/room/clock", {"reset": True}))["offset_seconds"] == 0
    assert room.clock.offset == timedelta(0)


async def test_faults_are_set_listed_and_taken_away(room: PracticeRoom, page: Page) -> None:
    await page.post("/room/faults", {"method": "sendMessage", "kind": "flood", "retry_after": 7, "times": 2})
    assert room.faults.armed[0].fault == Fault("sendMessage", "flood", times=2, retry_after=7)
    (listed,) = (await page.get("/room/faults"))["faults"]
    assert (listed["method"], listed["kind"], listed["times"]) == ("sendMessage", "flood", 2)
    assert await page.ask("DELETE", "/room/faults") == (200, {})
    assert (await page.get("/room/faults"))["faults"] == []


async def test_the_story_is_told_as_text(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    other = room.new_person(name="Trainer")
    await other.type("Hello", wait=False)
    async with bot.session.get(f"{room.url}/room/transcript") as answer:
        assert await answer.text() == "== Person 1 ==\n> /start\n\n== Trainer ==\n> Hello\n"
    async with bot.session.get(f"{room.url}/room/transcript?person={other.id}") as answer:
        assert await answer.text() == "== Trainer ==\n> Hello\n"


async def test_breaches_are_listed(bot: RawBot, page: Page, phone: Phone) -> None:
    await bot.refused("sendMessage", chat_id=phone.id, text="")
    found = await page.get("/room/policy")
    assert found == {"violations": ["sendMessage was refused: 400 Bad Request: message text is empty"]}


NO_BUTTON = "there is no button 'A' to tap; there are []"
NO_FAULT = f"there is no fault 'rain'; there are {', '.join(KINDS)}"
CHAT = "/room/people/{id}"
NONSENSE: dict[str, tuple[str, Any, tuple[int, str]]] = {
    "nobody": ("/room/people/5/say", {"text": "x"}, (404, "there is no such person")),
    "nothing to say": (f"{CHAT}/say", {}, (400, "there is nothing to say: text is missing")),
    "a list": (f"{CHAT}/say", [], (400, "the body should be a JSON object")),
    "no message": (f"{CHAT}/tap", {"label": "A"}, (404, "message_id is missing")),
    "no button": (f"{CHAT}/tap", {"message_id": 1, "label": "A"}, (404, NO_BUTTON)),
    "no such message": (
        f"{CHAT}/tap",
        {"message_id": 9, "row": 0, "column": 0},
        (404, "there is no such message"),
    ),
    "no time": ("/room/clock", {}, (400, "the clock takes forward_seconds, at, or reset")),
    "no such fault": ("/room/faults", {"method": "*", "kind": "rain"}, (400, NO_FAULT)),
}


@pytest.mark.parametrize(("path", "body", "answer"), NONSENSE.values(), ids=NONSENSE.keys())
async def test_nonsense_is_answered_in_words(
    page: Page, phone: Phone, path: str, body: Any, answer: tuple[int, str]
) -> None:
    status, words = answer
    assert await page.ask("POST", path.format(id=phone.id), body) == (status, {"error": words})


async def test_a_file_that_is_not_there_is_not_found(page: Page) -> None:
    assert await page.ask("GET", "/room/file/x") == (404, {"error": "there is no such file"})
