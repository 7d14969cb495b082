"""A season of thirty people at LOG_LEVEL=DEBUG, and then a search of every byte that the program left behind."""

import asyncio
import hashlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bot.room import Fault, Phone, PracticeRoom
from tests.faults.program import running, settings
from tests.faults.waiting import until

PEOPLE = 20
NAME, TEXT, FILE = "Zebediah-canary", "canary words about a boy called Marigold", b"canary bytes \x00\xff"
ROLES = ("Social work", "Police", "Health", "Youth work", "Residential care", "Education", "Skip")


def numbers(id: int) -> Iterator[tuple[str, bytes]]:
    """Every way in which a number could have been written down."""
    eight, text = id.to_bytes(8, "big"), str(id).encode()
    shortest = eight.lstrip(b"\x00")
    yield "decimal", text
    yield "hexadecimal", f"{id:x}".encode()
    yield "HEXADECIMAL", f"{id:X}".encode()
    yield "big-endian", shortest
    yield "little-endian", shortest[::-1]
    yield "base64 of the digits", b64encode(text).rstrip(b"=")
    yield "base64 of 8 bytes", b64encode(eight).rstrip(b"=")
    yield "base64 of 8 bytes, the other way", b64encode(eight[::-1]).rstrip(b"=")
    yield "base64 for addresses", urlsafe_b64encode(eight).rstrip(b"=")
    for kind in ("md5", "sha1", "sha256"):
        for written in (text, eight):
            digest = hashlib.new(kind, written)
            yield f"{kind} in hexadecimal", digest.hexdigest().encode()
            yield kind, digest.digest()


def texts(room: PracticeRoom, phone: Phone) -> Iterator[tuple[str, bytes]]:
    """What people are called, what they sent, and the token."""
    for what, text in (
        ("name", phone.name),
        ("text", f"{TEXT} {phone.id % 1000}"),
        ("words of the text", "Marigold"),
        ("token", room.token),
        ("token's secret", room.token.partition(":")[2]),
    ):
        yield what, text.encode()
        yield f"{what} in UTF-16", text.encode("utf-16-le")
        yield f"{what} in base64", b64encode(text.encode()).rstrip(b"=")
    yield "file", FILE


def found(room: PracticeRoom, phones: list[Phone], folder: Path) -> list[str]:
    """Every trace of anybody in any file: the databases and their logs, the cache, what was printed and logged."""
    files = {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
    assert {"vault.db", "progress.db", "err.txt"} <= {file.name for file in files}
    return sorted(
        {
            f"{what} in {file.name}"
            for phone in phones
            for what, trace in (*numbers(phone.id), *texts(room, phone))
            for file, content in files.items()
            if trace in content
        }
    )


async def season(phone: Phone, chance: Random) -> None:
    """Joins, plays, types what should not be typed, sends files, taps what is forged; some are forgotten."""
    await phone.type("/start")
    await phone.press(chance.choice(["England", "Wales", "Scotland", "Northern Ireland"]))
    await phone.press(chance.choice(ROLES))
    await phone.press("Begin")
    for _ in range(chance.randrange(9)):
        labels = phone.screen.labels
        await phone.press(chance.choice(labels[:-4] or labels))
        if not set("ABC") & set(phone.screen.labels):
            await phone.type("/practise")
    await phone.type(f"{TEXT} {phone.id % 1000}")
    await phone.send_file(f"{phone.name}.txt", FILE, "text/plain", caption=TEXT)
    await phone.type(f"/{TEXT}")
    await phone.tap_raw(f"x:{phone.id}:{TEXT}"[:64], message_id=phone.screen.message_id)
    await phone.type("/mydata")
    if chance.random() < 0.2:
        await phone.type("/forget")
        await phone.press("Yes, remove everything")
    elif chance.random() < 0.2:
        phone.block()
        await phone.settles()


TROUBLE = (
    Fault("sendMessage", "status", status=502),
    Fault("sendMessage", "drop-after"),
    Fault("sendMessage", "garbage"),
    Fault("sendMessage", "deactivated"),
    Fault("getUpdates", "garbage"),
)


async def troubled(room: PracticeRoom, phone: Phone) -> None:
    """What makes the bot write to its log: the network, Telegram, and updates that make no sense."""
    for fault in TROUBLE:
        room.faults.add(fault)
        await phone.type(f"/practise {TEXT}")
    room.send_poison({"message": {"chat": {"id": phone.id}, "text": [TEXT], "from": phone.name}})
    room.send_poison({"callback_query": {"from": {"id": phone.id, "first_name": phone.name}, "data": TEXT}})
    await phone.type(TEXT)


async def test_after_a_season_no_file_and_no_line_of_the_log_holds_a_trace_of_anybody(
    room: PracticeRoom, tmp_path: Path
) -> None:
    chance = Random(13)
    phones = [room.new_person(name=f"{NAME}-{number}") for number in range(PEOPLE)]
    async with running(tmp_path, settings(tmp_path, room, LOG_LEVEL="DEBUG")) as program:
        await until(lambda: room.world.updates.polled, "the bot polls")
        await asyncio.gather(*(season(phone, chance) for phone in phones[1:]))
        await troubled(room, phones[0])
        assert found(room, phones, tmp_path) == []
        ended = await program.stop()
        assert ended.code == 0
        for said in ("Telegram is reached again", "passed over", "updates arrive again"):
            assert said in ended.err
    assert found(room, phones, tmp_path) == []


def test_every_trace_would_be_found(tmp_path: Path) -> None:
    room = PracticeRoom()
    phone = room.new_person(name=NAME)
    for name in ("vault.db", "progress.db"):
        (tmp_path / name).touch()
    for what, trace in (*numbers(phone.id), *texts(room, phone)):
        (tmp_path / "err.txt").write_bytes(b"before " + trace + b" after")
        assert f"{what} in err.txt" in found(room, [phone], tmp_path)
