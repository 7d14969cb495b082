"""The bot talks to Telegram and to nothing else: everything that its process opens, as Python itself sees it."""

import json
from pathlib import Path

from bot.room import PracticeRoom
from tests.faults.program import Program, settings, start
from tests.faults.waiting import until, until_called

#: Runs the program with an ear on whatever could lead out of it, in every thread.
LISTENING = """
import json, sys

OUT = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
       "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "subprocess.Popen", "os.system", "os.exec",
       "os.fork", "os.posix_spawn")
heard = open("heard.txt", "a", buffering=1)

def listen(event, arguments):
    if event in OUT:
        what = arguments[1:] if event in OUT[:4] else arguments
        heard.write(json.dumps([event, [str(one) for one in what]]) + "\\n")

sys.addaudithook(listen)
sys.argv = ["bothand", "run"]
from bot.__main__ import main
main()
"""


def heard(folder: Path) -> list[tuple[str, str]]:
    """What the program opened, and where to."""
    lines = (folder / "heard.txt").read_text().splitlines()
    return [(event, ", ".join(arguments)) for event, arguments in map(json.loads, lines)]


async def play(room: PracticeRoom, program: Program) -> None:
    """A little of everything that the bot does; then it ends."""
    phone = room.new_person()
    await until_called(room, "setMyShortDescription")
    await phone.type("/start")
    for label in ("England", "Education", "Begin", "B", "Urgent help", "Carry on", "D"):
        await phone.press(label)
    await phone.type("https://example.org/a-page and what is on it")
    await phone.send_file("case.pdf", b"%PDF", "application/pdf")
    await phone.type("/forget")
    await phone.press("Yes, remove everything")
    assert (await program.stop()).code == 0


async def test_the_running_bot_opens_connections_to_its_bot_api_server_only(
    room: PracticeRoom, tmp_path: Path
) -> None:
    program = await start(tmp_path, settings(tmp_path, room), ("-c", LISTENING))
    try:
        await play(room, program)
    finally:
        if program.process.returncode is None:
            await program.kill()
    assert set(heard(tmp_path)) == {("socket.connect", str(("127.0.0.1", room.port)))}


async def test_an_ear_on_the_program_hears_what_leaves_it(tmp_path: Path) -> None:
    """With the practice room in the same process it listens on a port, and that is heard."""
    program = await start(tmp_path, settings(tmp_path, ROOM_PORT="18090"), ("-c", LISTENING))
    try:
        await until(lambda: "The practice room is open" in program.out, "the practice room opens")
        await until(lambda: "socket.connect" in dict(heard(tmp_path)), "the bot connects")
        assert (await program.stop()).code == 0
    finally:
        if program.process.returncode is None:
            await program.kill()
    assert {event for event, _ in heard(tmp_path)} >= {"socket.bind", "socket.connect"}
    assert all("127.0.0.1" in where for _, where in heard(tmp_path))
