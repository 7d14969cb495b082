"""Phones: what people do, what they see, and how long they wait."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.room import Clock, Phone, PracticeRoom, UnansweredError

from .raw import RawBot, keyboard, png

Json = dict[str, Any]


async def answering(bot: RawBot) -> None:
    """A small bot: says hello, answers taps, acknowledges last."""
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=50):
            if "message" in update:
                chat = update["message"]["chat"]["id"]
                await bot.ask("sendMessage", chat_id=chat, text="Hello", reply_markup=keyboard("A", "B"))
            if "callback_query" in update:
                query = update["callback_query"]
                place = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
                await bot.ask("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
                await bot.ask("editMessageText", **place, text=f"You chose {query['data']}")
            offset = update["update_id"] + 1


@pytest.fixture
async def served(bot: RawBot) -> AsyncIterator[None]:
    task = asyncio.create_task(answering(bot))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("served")
async def test_a_chat_reads_like_a_chat(room: PracticeRoom) -> None:
    phone = room.new_person(name="Person 1")
    await phone.type("/start")
    assert (phone.screen.text, phone.screen.buttons) == ("Hello", [["A", "B"]])
    await phone.press("A")
    assert phone.screen.text == "You chose a"
    assert phone.toasts == ["Noted"]
    assert phone.transcript().splitlines() == [
        "> /start",
        "Bot: Hello [A] [B]",
        "> taps A",
        "(toast) Noted",
        "Bot: You chose a (edited)",
    ]
    assert room.policy() == []


@pytest.mark.usefixtures("served")
async def test_the_newest_message_with_that_label_is_tapped(room: PracticeRoom) -> None:
    phone = room.new_person()
    await phone.type("one")
    await phone.type("two")
    await phone.press("B")
    assert [message.text for message in phone.messages if message.from_bot] == ["Hello", "You chose b"]
    await phone.press("A", message_id=2)
    assert [message.text for message in phone.messages if message.from_bot] == ["You chose a", "You chose b"]


async def test_a_label_that_is_not_there_names_those_that_are(bot: RawBot, phone: Phone) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "A", "callback_data": "a"}, {"text": "Read", "url": "https://example.org"}]
        ]
    }
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=markup)
    for label in ("C", "Read"):
        with pytest.raises(LookupError, match=r"there is no button '.+' to tap; there are \['A', 'Read'\]"):
            await phone.press(label)


async def test_a_key_of_a_reply_keyboard_types_its_label(bot: RawBot, phone: Phone) -> None:
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup={"keyboard": [[{"text": "Yes"}]]})
    assert phone.screen.reply_keyboard == [["Yes"]]
    await phone.press("Yes", wait=False)
    assert phone.messages[-1].text == "Yes"


async def test_waiting_for_a_bot_that_is_not_there_ends_with_the_story(room: PracticeRoom) -> None:
    phone = room.new_person()
    phone.patience = 0.01
    with pytest.raises(UnansweredError, match=r"the bot did not acknowledge .+ within 0\.01 s:\n> Hello"):
        await phone.type("Hello")
    with pytest.raises(UnansweredError, match="the bot did not say 'Well'"):
        await phone.waits_for("Well")
    with pytest.raises(UnansweredError, match="did not come to what this phone waits for"):
        await phone.waits_until(lambda seen: seen.toasts != [])


async def test_a_bot_that_acknowledges_first_is_waited_for_by_its_words(bot: RawBot, phone: Phone) -> None:
    waiting = asyncio.create_task(phone.waits_for("Well"))
    await bot.ask("sendMessage", chat_id=phone.id, text="Oh")
    await bot.ask("sendMessage", chat_id=phone.id, text="Well then")
    assert (await waiting).text == "Well then"


async def test_before_the_bot_speaks_there_is_no_screen(room: PracticeRoom) -> None:
    with pytest.raises(LookupError):
        _ = room.new_person().screen


async def test_files_of_both_sides_are_seen(bot: RawBot, phone: Phone) -> None:
    await phone.send_photo(png(60, 50), caption="Look", wait=False)
    photo = phone.messages[-1].photo
    assert photo is not None
    assert (photo.width, photo.height, phone.messages[-1].text) == (60, 50, "Look")
    await bot.upload("sendDocument", b"Dear all", kind="document", chat_id=phone.id)
    document = phone.screen.document
    assert document is not None
    assert (document.name, document.content) == ("a.document", b"Dear all")


async def test_a_person_edits_only_their_own_messages(bot: RawBot, phone: Phone) -> None:
    phone.edit(1, "/help")
    assert phone.messages[0].text == "/help"
    assert phone.messages[0].edited
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="x")
    with pytest.raises(ValueError, match="their own"):
        phone.edit(sent["message_id"], "y")


async def test_a_protected_message_is_seen_as_such_and_not_forwarded(bot: RawBot, phone: Phone) -> None:
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="x", protect_content=True)
    assert phone.screen.protected
    forward = {"chat_id": phone.id, "from_chat_id": phone.id, "message_id": sent["message_id"]}
    assert await bot.refused("forwardMessage", **forward) == "400 Bad Request: message can't be forwarded"


async def test_each_person_has_the_menu_for_them(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    other = room.new_person(language="cy")
    await other.type("/start", wait=False)

    async def menu(name: str, **where: Any) -> None:
        await bot.ask("setMyCommands", commands=[{"command": name, "description": "x"}], **where)

    await menu("everybody")
    assert (phone.commands, other.commands) == (["everybody"], ["everybody"])
    await menu("private", scope={"type": "all_private_chats"})
    await menu("welsh", scope={"type": "all_private_chats"}, language_code="cy")
    assert (phone.commands, other.commands) == (["private"], ["welsh"])
    await menu("trainer", scope={"type": "chat", "chat_id": phone.id})
    assert (phone.commands, other.commands) == (["trainer"], ["welsh"])
    await bot.ask("deleteMyCommands", scope={"type": "chat", "chat_id": phone.id})
    assert phone.commands == ["private"]


@pytest.mark.parametrize(
    ("commands", "more", "words"),
    [
        ([("Start", "x")], {}, "BOT_COMMAND_INVALID"),
        ([("two words", "x")], {}, "BOT_COMMAND_INVALID"),
        ([("", "x")], {}, "command must be non-empty"),
        ([("x" * 33, "x")], {}, "command length must not exceed 32"),
        ([("x", " ")], {}, "command description must be non-empty"),
        ([("x", "x" * 257)], {}, "command description length must not exceed 256"),
        ([("x", "x")] * 101, {}, "BOT_COMMANDS_TOO_MUCH"),
        ([("x", "x")], {"language_code": "english"}, "invalid language code specified"),
        ([("x", "x")], {"scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_a_menu_is_refused(
    bot: RawBot, commands: list[tuple[str, str]], more: Json, words: str
) -> None:
    listed = [{"command": name, "description": description} for name, description in commands]
    assert await bot.refused("setMyCommands", commands=listed, **more) == f"400 Bad Request: {words}"


async def test_a_group_scope_is_no_scope_of_a_private_chat(bot: RawBot, phone: Phone) -> None:
    scope = {"type": "chat_administrators", "chat_id": phone.id}
    said = await bot.refused("setMyCommands", commands=[], scope=scope)
    assert said == "400 Bad Request: can't use specified scope in private chats"


@pytest.mark.parametrize(
    ("method", "name", "longest", "words"),
    [
        ("MyName", "name", 64, "BOT_TITLE_INVALID"),
        ("MyDescription", "description", 512, "BOT_DESCRIPTION_INVALID"),
        ("MyShortDescription", "short_description", 120, "BOT_SHORT_DESCRIPTION_INVALID"),
    ],
)
async def test_the_bot_describes_itself_in_languages(
    bot: RawBot, method: str, name: str, longest: int, words: str
) -> None:
    await bot.ask(f"set{method}", **{name: "x" * longest})
    await bot.ask(f"set{method}", **{name: "y", "language_code": "cy"})
    assert await bot.ask(f"get{method}", language_code="cy") == {name: "y"}
    assert await bot.ask(f"get{method}", language_code="en") == {name: "x" * longest}
    assert await bot.refused(f"set{method}", **{name: "x" * (longest + 1)}) == f"400 Bad Request: {words}"


async def test_the_room_remembers_what_the_bot_said_of_itself(room: PracticeRoom, bot: RawBot) -> None:
    await bot.ask("setMyName", name="Both/And")
    await bot.ask("setMyShortDescription", short_description="Practise")
    assert (room.bot.name, room.bot.short_descriptions) == ("Both/And", {"": "Practise"})


def test_the_clock_goes_where_it_is_put() -> None:
    clock = Clock(reading=lambda: datetime(2026, 11, 2, tzinfo=UTC))
    moves: list[timedelta] = []
    clock.when_moved(lambda: moves.append(clock.offset))
    clock.forward(timedelta(days=3))
    assert clock.now() == datetime(2026, 11, 5, tzinfo=UTC)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.now() == datetime(2027, 1, 1, tzinfo=UTC)
    clock.reset()
    assert clock.now() == datetime(2026, 11, 2, tzinfo=UTC)
    assert moves == [timedelta(days=3), timedelta(days=60), timedelta(0)]
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2027, 1, 1))  # noqa: DTZ001 - that is the mistake


async def test_messages_carry_the_rooms_time(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.clock.set(datetime(2031, 5, 5, 12, tzinfo=UTC))
    sent = await bot.ask("sendMessage", chat_id=phone.id, text="x")
    assert datetime.fromtimestamp(sent["date"], UTC).year == 2031


async def test_ids_of_people_are_as_long_as_telegrams(room: PracticeRoom) -> None:
    assert room.new_person().id > 5_000_000_000
    assert room.new_person(id=5_555_555_555).id == 5_555_555_555
    with pytest.raises(ValueError, match="already"):
        room.new_person(id=5_555_555_555)
