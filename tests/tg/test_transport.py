"""The wire: what leaves, what comes back, and what can be known when nothing comes back."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import Forbidden, NetworkError, TimedOut

from bot.tg.transport import AiohttpRequest, Answer, AnswerTimedOut, MayHaveArrived, NeverSent, Upload, Wire

from .wire import TOKEN, Cut, Page, Said, Silence, Telegram, free_port, no, wire_to, yes

MESSAGE: dict[str, Any] = {
    "message_id": 5,
    "date": 1_700_000_000,
    "chat": {"id": 41, "type": "private"},
    "text": "Hm",
}


def bot(telegram: Telegram, request: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request, get_updates_request=request)


async def test_a_quick_call_sends_json_and_gives_back_the_unparsed_answer(
    telegram: Telegram, wire: Wire
) -> None:
    body = {
        "chat_id": 41,
        "text": "“Both/and” – 中 \U0001f642",
        "link_preview_options": {"is_disabled": True},
    }
    assert await wire.call("sendMessage", body) == Answer(200, b'{"ok":true,"result":true}')
    assert telegram.said == [Said("sendMessage", body)]


async def test_a_no_is_an_answer_and_not_an_exception(telegram: Telegram, wire: Wire) -> None:
    telegram.script["sendMessage"] = [no(403, "Forbidden: bot was blocked by the user")]
    answer = await wire.call("sendMessage", {"chat_id": 41})
    assert (answer.status, b"blocked" in answer.body) == (403, True)


async def test_an_upload_is_a_multipart_form(telegram: Telegram, wire: Wire) -> None:
    content = bytes(range(256)) * 300
    await wire.upload(
        "sendDocument", {"chat_id": 41, "caption": "Für Sie"}, files={"document": Upload("ä.csv", content)}
    )
    expected = Said(
        "sendDocument",
        {"chat_id": "41", "caption": "Für Sie"},
        {"document": ("ä.csv", content)},
        "multipart/form-data",
    )
    assert telegram.said == [expected]


async def test_python_telegram_bot_speaks_json_over_it(telegram: Telegram) -> None:
    telegram.script["sendMessage"] = [yes(MESSAGE)]
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    async with AiohttpRequest() as request:
        message = await bot(telegram, request).send_message(41, "Hm", reply_markup=keyboard)
    assert message.message_id == 5
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    assert telegram.said == [Said("sendMessage", {"chat_id": 41, "text": "Hm", "reply_markup": markup})]


async def test_python_telegram_bot_sends_files_over_it(telegram: Telegram) -> None:
    telegram.script["sendDocument"] = [yes(MESSAGE)]
    async with AiohttpRequest() as request:
        await bot(telegram, request).send_document(
            41, InputFile(b"\x00\xff", "packet.html"), caption="Read me"
        )
    [said] = telegram.said
    assert said.body == {"chat_id": "41", "caption": "Read me"}
    assert list(said.files.values()) == [("packet.html", b"\x00\xff")]


async def test_python_telegram_bot_starts_and_is_refused_over_it(telegram: Telegram) -> None:
    telegram.script["getMe"] = [
        yes({"id": 7318264590, "is_bot": True, "first_name": "B", "username": "both_bot"})
    ]
    telegram.script["sendMessage"] = [no(403, "Forbidden: bot was blocked by the user")]
    request = AiohttpRequest()
    async with bot(telegram, request) as running:
        assert running.username == "both_bot"
        with pytest.raises(Forbidden):
            await running.send_message(41, "Hm")


async def test_without_a_connection_nothing_was_sent() -> None:
    async with wire_to(f"http://127.0.0.1:{free_port()}") as wire:
        with pytest.raises(NeverSent):
            await wire.call("sendMessage", {})


async def test_without_an_address_nothing_was_sent() -> None:
    async with wire_to("http://[bad") as wire:
        with pytest.raises((NeverSent, ValueError)) as caught:
            await wire.call("sendMessage", {})
    assert TOKEN not in everything_about(caught.value)


@pytest.mark.parametrize(
    "reply",
    [Cut(), Cut(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"), Cut(b"no HTTP at all\r\n\r\n")],
    ids=["before the answer", "within the answer", "with nonsense"],
)
async def test_a_connection_that_breaks_later_leaves_it_open(
    telegram: Telegram, wire: Wire, reply: Cut
) -> None:
    telegram.script["sendMessage"] = [reply]
    with pytest.raises(MayHaveArrived) as caught:
        await wire.call("sendMessage", {})
    assert not isinstance(caught.value, TimedOut | NeverSent)
    assert telegram.said == [Said("sendMessage", {})]


async def test_no_answer_in_time_leaves_it_open_too(telegram: Telegram, wire: Wire) -> None:
    telegram.script["sendMessage"] = [Silence()]
    with pytest.raises(AnswerTimedOut) as caught:
        await wire.call("sendMessage", {}, timeout=0.05)
    assert isinstance(caught.value, MayHaveArrived)
    assert isinstance(caught.value, TimedOut)


async def test_python_telegram_bot_is_told_of_a_time_out(telegram: Telegram) -> None:
    telegram.script["sendMessage"] = [Silence()]
    async with AiohttpRequest() as request:
        with pytest.raises(TimedOut):
            await bot(telegram, request).send_message(
                41, "Hm", read_timeout=0.05, write_timeout=0, connect_timeout=0, pool_timeout=0
            )


@pytest.mark.parametrize("reply", [Cut(), Silence(), Cut(b"nonsense"), None])
async def test_no_fault_tells_the_token_or_the_address(
    telegram: Telegram, reply: Cut | Silence | None
) -> None:
    url = telegram.url if reply else f"http://127.0.0.1:{free_port()}"
    telegram.script["getMe"] = [reply, reply] if reply else []
    async with AiohttpRequest() as request:
        quick = Wire(request, base_url=url, token=TOKEN)
        with pytest.raises(NetworkError) as first:
            await quick.call("getMe", {}, timeout=0.05)
        slow = Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)
        with pytest.raises(NetworkError) as second:
            await slow.get_me(read_timeout=0.05)
    for caught in (first.value, second.value):
        told = everything_about(caught)
        assert TOKEN not in told
        assert TOKEN.partition(":")[2] not in told
        assert "127.0.0.1" not in told


def everything_about(error: BaseException) -> str:
    return "\n".join(f"{link} {link!r} {link.args}" for link in chain(error))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


async def test_a_redirection_is_not_followed_because_the_address_is_a_secret(
    telegram: Telegram, wire: Wire
) -> None:
    elsewhere = {"Location": f"http://127.0.0.1:{free_port()}/"}
    telegram.script["sendMessage"] = [Page(307, b"", elsewhere)]
    assert await wire.call("sendMessage", {}) == Answer(307, b"")


async def test_a_cancelled_call_takes_no_other_with_it(telegram: Telegram, wire: Wire) -> None:
    telegram.script["sendChatAction"] = [Silence()]
    waiting = asyncio.create_task(wire.call("sendChatAction", {}))
    await telegram.until("sendChatAction")
    waiting.cancel()
    answers = await asyncio.gather(*(wire.call("sendMessage", {"n": n}) for n in range(200)))
    assert {answer.status for answer in answers} == {200}
    assert sorted(said.body["n"] for said in telegram.calls("sendMessage")) == list(range(200))
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_session_is_opened_once_and_closed() -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError, match="before initialize"):
        await Wire(request, base_url="http://127.0.0.1", token=TOKEN).call("getMe", {})
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(RuntimeError, match="after shutdown"):
        await Wire(request, base_url="http://127.0.0.1", token=TOKEN).call("getMe", {})


async def test_a_wire_does_not_show_its_token() -> None:
    request = AiohttpRequest()
    assert TOKEN not in repr(Wire(request, base_url="http://127.0.0.1", token=TOKEN)) + repr(request)
