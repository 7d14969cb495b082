"""Every encoding that Telegram takes, and what cannot be read in any of them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.room import Phone

from .raw import RawBot, keyboard

Json = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=line"


def part(head: str, content: str) -> str:
    return f"--line\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n"


def multipart(chat: int, filename: str) -> bytes:
    parts = part('name="chat_id"', f"{chat}") + part(f'name="document"; filename={filename}', "Dear all")
    return (parts + "--line--\r\n").encode()


async def in_pieces(body: bytes, size: int = 7) -> AsyncIterator[bytes]:
    """A body of unknown length, which aiohttp sends in chunks."""
    for begin in range(0, len(body), size):
        yield body[begin : begin + size]


async def test_a_query_alone_is_enough(bot: RawBot, phone: Phone) -> None:
    args = {"chat_id": f"{phone.id}", "text": "ä & <b>", "disable_notification": "true"}
    async with bot.session.get(bot.url("sendMessage"), params=args) as answer:
        assert (await answer.json())["result"]["text"] == "ä & <b>"


async def test_a_form_carries_nested_json(bot: RawBot, phone: Phone) -> None:
    form = {
        "chat_id": f"{phone.id}",
        "text": "<b>x</b>",
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard("A")),
        "protect_content": "True",
    }
    _, body = await bot.send("sendMessage", data=form)
    assert body["result"]["reply_markup"] == keyboard("A")
    assert body["result"]["has_protected_content"] is True


async def test_query_and_body_come_together(bot: RawBot, phone: Phone) -> None:
    _, body = await bot.send("sendMessage", params={"chat_id": f"{phone.id}"}, json={"text": "x"})
    assert body["result"]["text"] == "x"


async def test_json_may_hold_objects_written_as_text(bot: RawBot, phone: Phone) -> None:
    markup = json.dumps(keyboard("A"))
    sent = await bot.ask("sendMessage", chat_id=f"{phone.id}", text="x", reply_markup=markup)
    assert sent["reply_markup"] == keyboard("A")


@pytest.mark.parametrize("kind", ["application/json", FORM])
async def test_a_body_may_come_in_chunks(bot: RawBot, phone: Phone, kind: str) -> None:
    as_json = json.dumps({"chat_id": phone.id, "text": "x"}).encode()
    as_form = f"chat_id={phone.id}&text=x".encode()
    body = in_pieces(as_json if kind == "application/json" else as_form)
    _, answer = await bot.send("sendMessage", data=body, headers={"Content-Type": kind})
    assert answer["result"]["text"] == "x"


@pytest.mark.parametrize(
    ("filename", "read"),
    [
        ('"letter.txt"', "letter.txt"),
        ("letter.txt", "letter.txt"),
        ('"a letter.txt"', "a letter.txt"),
        ("a letter.txt", "a letter.txt"),
        ("brief-ä.txt; size=5", "brief-ä.txt"),
        ('"a \\"letter\\".txt"', 'a "letter".txt'),
        ('"a%20letter.txt"', "a letter.txt"),
    ],
)
async def test_a_file_name_may_be_quoted_or_not(bot: RawBot, phone: Phone, filename: str, read: str) -> None:
    body = in_pieces(multipart(phone.id, filename))
    _, answer = await bot.send("sendDocument", data=body, headers={"Content-Type": MULTIPART})
    assert answer["result"]["document"]["file_name"] == read
    sent = phone.screen.document
    assert sent is not None
    assert sent.content == b"Dear all"


async def test_nothing_at_all_is_a_call_without_parameters(bot: RawBot) -> None:
    _, body = await bot.send("getMe")
    assert body["result"]["is_bot"] is True


async def test_the_name_of_a_method_is_not_case_sensitive(bot: RawBot) -> None:
    _, body = await bot.send("GETME")
    assert body["ok"]


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("application/json", b"{", "the practice room cannot read this JSON"),
        ("application/json", b"[1]", "the practice room cannot read JSON that is no object"),
        ("application/json", b'{"text": "\xff"}', "strings must be encoded in UTF-8"),
        ("application/json", b'{"text": "\\ud83d"}', "strings must be encoded in UTF-8"),
        ("application/json", b"[" * 100_000, "the practice room cannot read this JSON"),
        (FORM, b"text=%FF", "strings must be encoded in UTF-8"),
        (
            MULTIPART,
            b"--line\r\nContent-Disposition: form-data\r\n\r\nx",
            "field name in multipart/form-data not found",
        ),
        ("text/plain", b"x", "the practice room cannot read a body of type text/plain"),
    ],
)
async def test_what_cannot_be_read_is_refused(bot: RawBot, kind: str, body: bytes, words: str) -> None:
    status, answer = await bot.send("getMe", data=body, headers={"Content-Type": kind})
    assert (status, answer["description"]) == (400, f"Bad Request: {words}")


async def test_a_file_is_downloaded_by_its_path(bot: RawBot, phone: Phone) -> None:
    await phone.send_file("a.pdf", b"%PDF", "application/pdf", wait=False)
    update = (await bot.take())[-1]
    found = await bot.ask("getFile", file_id=update["message"]["document"]["file_id"])
    where = f"{bot.room.url}/file/bot{bot.room.token}/{found['file_path']}"
    async with bot.session.get(where) as answer:
        assert await answer.read() == b"%PDF"
    async with bot.session.get(where.replace(bot.room.token, "1:x")) as answer:
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_more_than_twenty_megabytes_are_not_downloaded(bot: RawBot, phone: Phone) -> None:
    await phone.send_file("a.bin", bytes(20 * 2**20 + 1), "application/octet-stream", wait=False)
    update = (await bot.take())[-1]
    said = await bot.refused("getFile", file_id=update["message"]["document"]["file_id"])
    assert said == "400 Bad Request: file is too big"
    assert await bot.refused("getFile", file_id="x") == "400 Bad Request: invalid file_id"
