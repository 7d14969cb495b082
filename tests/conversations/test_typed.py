"""Whatever is typed or sent gets the same kind reply with help; it is not read, not kept, and deleted."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.library.shelf import CONTENT
from tests.conversations.conftest import Chat, World, world_over

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]

#: Stands in everything that these tests send, and must be found nowhere afterwards.
CANARY = "canary 9f31c7 of Marigold Court"
BYTES = b"\x00canary bytes \xf0\x9f\x90\xa4 9f31c7\xff"
PHONE_NUMBER, LATITUDE, LONGITUDE = "+440000931774", 51.931774, -0.931774
TRACES = (b"9f31c7", b"Marigold", BYTES, PHONE_NUMBER.encode(), b"931774")

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x01\x00" + BYTES

Send = Callable[[Chat], Awaitable[object]]

#: Everything that a phone can send.
SENT: dict[str, Send] = {
    "text": lambda chat: chat.phone.type(f"Her name is {CANARY} and she is 13"),
    "4,096 characters": lambda chat: chat.phone.type((CANARY + " ") * 200 + "x" * (4096 - 32 * 200)),
    "emoji": lambda chat: chat.phone.type("😢🐤" + CANARY),
    "markup": lambda chat: chat.phone.type(f"<b>{CANARY}</b> & _more_ </i>"),
    "other writing": lambda chat: chat.phone.type(f"\u202eمرحبا\u202c {CANARY} \u200b\u0000"),
    "a word among others": lambda chat: chat.phone.type(f"please stop {CANARY}"),
    "photo": lambda chat: chat.phone.send_photo(PICTURE),
    "photo with a caption": lambda chat: chat.phone.send_photo(PICTURE, caption=CANARY),
    "document": lambda chat: chat.phone.send_file(f"{CANARY}.pdf", BYTES, "application/pdf"),
    "document with a caption": lambda chat: chat.phone.send_file(
        "case.yaml", BYTES, "application/x-yaml", caption=f"/forget {CANARY}"
    ),
    "file with a path for a name": lambda chat: chat.phone.send_file(
        "../../key/root.key", BYTES, "application/zip"
    ),
    "sticker": lambda chat: chat.phone.send_sticker(),
    "voice": lambda chat: chat.phone.send_voice(),
    "location": lambda chat: chat.phone.send_location(LATITUDE, LONGITUDE),
    "contact": lambda chat: chat.phone.send_contact(phone_number=PHONE_NUMBER, first_name=CANARY),
}


def found_in(folder: Path) -> list[str]:
    """The files below the folder that hold any trace of what was sent."""
    return [
        file.name
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(trace in file.read_bytes() for trace in TRACES)
    ]


def test_a_trace_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text(CANARY)
    assert found_in(tmp_path) == ["kept"]


async def test_everything_a_phone_can_send_gets_the_same_reply_is_deleted_and_kept_nowhere(
    world: World, joined: Chat, tmp_path: Path
) -> None:
    scene = joined.phone.screen
    await joined.types("Hello?")
    reply = joined.reads
    assert reply.startswith("I can’t read or pass on messages, and I have not kept this one.")
    assert "ring 999" in reply
    assert "NSPCC Helpline 0808 800 5000" in reply
    assert "I have deleted your message from this chat." in reply
    for send in SENT.values():
        await send(joined)
        assert joined.reads == reply
        assert joined.sees == ["No, carry on", *EXITS]
        assert joined.phone.messages[-1].from_bot
    theirs = [message.text for message in joined.phone.messages if not message.from_bot]
    assert theirs == ["/start"]
    assert "getFile" not in {call.method for call in world.room.calls}
    assert found_in(tmp_path) == []
    await joined.taps("No, carry on")
    assert joined.reads == scene.text
    await world.end()
    assert found_in(tmp_path) == []


async def test_somebody_who_has_not_joined_gets_the_same_reply_and_nothing_is_begun(
    world: World, chat: Chat
) -> None:
    for send in (SENT["text"], SENT["voice"]):
        await send(chat)
        assert chat.reads.startswith("I can’t read or pass on messages")
        assert "ring 999" in chat.reads
        assert [message for message in chat.phone.messages if not message.from_bot] == []
    await chat.types("/mydata")
    assert chat.reads.startswith("Nothing is held about you.")


async def test_a_message_that_is_gone_already_is_not_said_to_have_been_deleted(
    tmp_path: Path, compiled: bytes
) -> None:
    async with world_over(tmp_path, CONTENT, compiled) as world:
        chat = world.chat()
        number = await chat.phone.type(CANARY, wait=False)
        world.room.world.remove(world.room.world.posts[chat.phone.id][number])
        await chat.phone.settles()
        assert "please delete your message from this chat" in chat.reads
        assert "I have deleted" not in chat.reads
        assert world.room.policy(allow=["message to delete not found"]) == []


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        (
            ("pause", "PAUSE", "Pause.", "  pause  ", "Stop", "STOP!!!", "  Stop ! ", "ſtop"),
            "Stopped",
        ),
        (("help", "Help!", "HELP.", "\u00a0help\u00a0"), "Both/And"),
        (("urgent", "Urgent", "URGENT!", "\turgent\t"), "Urgent"),
    ],
)
async def test_the_plain_words_work_in_any_case_and_any_state(
    world: World, words: tuple[str, ...], reply: str
) -> None:
    chat = world.chat()
    for word in words:
        await chat.types(word)
        assert chat.reads.startswith(reply)
    await chat.types("/start")
    await chat.taps("England", "Education", "Begin")
    scene = chat.reads
    for word in words:
        await chat.types(word)
        assert chat.reads.startswith(reply)
    await chat.taps("Practise" if reply == "Both/And" else "Carry on")
    if reply == "Both/And":
        await chat.taps("Carry on")
    assert chat.reads == scene


async def test_stop_says_that_nothing_is_lost_and_nothing_is_sent_meanwhile(joined: Chat) -> None:
    scene = joined.reads
    await joined.types("/stop")
    assert "nothing is lost" in joined.reads
    assert "Nothing is sent to you meanwhile." in joined.reads
    await joined.taps("Carry on")
    assert joined.reads == scene


async def test_a_command_that_does_not_exist_is_answered_with_those_that_do(joined: Chat) -> None:
    for typed in ("/dance", "/HELPME", "/practise@another_bot"):
        await joined.types(typed)
        assert joined.reads.startswith("I don’t know that command.")
        assert "/practise – what is best practised now" in joined.reads
    await joined.types("/")
    assert joined.reads.startswith("I can’t read or pass on messages")


async def test_commands_work_in_capitals_and_with_the_bots_name(joined: Chat) -> None:
    for typed in ("/PRIVACY", "/privacy@practice_room_bot"):
        await joined.types(typed)
        assert joined.reads.startswith("What is promised")


async def test_words_behind_a_command_are_typed_text_and_are_deleted(joined: Chat) -> None:
    for typed in (
        "/privacy please",
        "/nonsense about a girl",
        "/start about a girl",
        "/practise\nabout a girl",
    ):
        await joined.types(typed)
        assert "I have not kept this one" in joined.reads
        assert "deleted your message" in joined.reads
        assert typed not in [message.text for message in joined.phone.messages]


async def test_urgent_is_answered_whatever_stands_behind_it_and_the_words_are_deleted(joined: Chat) -> None:
    await joined.types("/urgent a girl has told me something")
    assert joined.reads.startswith("Urgent")
    assert joined.count("I have not kept this one") == 1
    assert not any("a girl has told me" in message.text for message in joined.phone.messages)


async def test_the_code_of_a_link_is_no_typed_text(joined: Chat) -> None:
    await joined.types("/start Ab_-9")
    assert "Good to see you again." in joined.reads


async def test_a_forged_button_is_answered_in_every_state_and_changes_nothing(world: World) -> None:
    chat = world.chat()
    await chat.types("/start")
    for payload in ("x", ":::::", "c:s02-promise:1:0:i-promise:0AAAAAAAAAAA", "🐤" * 16, "\u0000" * 64):
        await chat.phone.tap_raw(payload, message_id=chat.phone.screen.message_id)
        assert chat.reads.startswith("That button is no longer in use.")
    await chat.types("/mydata")
    assert chat.reads.startswith("Nothing is held about you.")
