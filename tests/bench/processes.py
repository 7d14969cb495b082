"""The processes of a benchmark, each started, talked to and ended here; nothing outlives its `with`."""

import contextlib
import http.client
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.shipped import shipped_cache

ROOT = Path(__file__).parents[2]
#: Seconds a process gets to end after SIGTERM.
ENDING = 12.0
#: Seconds that a garbage collection certainly takes no longer than.
COLLECTING = 0.3
#: Seconds beyond a play's own patience until its order counts as unanswered.
SLACK = 20.0
PATIENCE = 120.0

_NOTHING: Mapping[str, str] = {}
_numbers = itertools.count(1_000_001)


@dataclass(frozen=True, slots=True)
class Process:
    """A running process."""

    popen: "subprocess.Popen[bytes]"
    made: float  #: seconds, monotonic: just before it was made

    @property
    def pid(self) -> int:
        return self.popen.pid

    def line(self, *, patience: float = SLACK) -> str:
        """The next line it prints. Raises RuntimeError if none comes."""
        assert self.popen.stdout is not None
        readable, _, _ = select.select([self.popen.stdout], [], [], patience)
        said = self.popen.stdout.readline().decode() if readable else ""
        if not said:
            raise RuntimeError("a process of the benchmark said nothing")
        return said

    def order(self, order: str) -> Any:
        """Give an order on one line, and read the answer from the next."""
        assert self.popen.stdin is not None
        self.popen.stdin.write(f"{order}\n".encode())
        self.popen.stdin.flush()
        return json.loads(self.line(patience=PATIENCE + SLACK))


@contextlib.contextmanager
def running(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str] = _NOTHING, talks: bool = False
) -> Iterator[Process]:
    """A process, until the end of the `with`; `talks`: over its standard input and output."""
    pipe = subprocess.PIPE if talks else subprocess.DEVNULL
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    made = time.monotonic()
    popen = subprocess.Popen(command, cwd=cwd, env=surroundings, stdin=pipe, stdout=pipe, bufsize=0)
    try:
        yield Process(popen, made)
    finally:
        popen.terminate()
        try:
            popen.wait(ENDING)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()
        for end in (popen.stdin, popen.stdout):
            if end is not None:
                end.close()


@dataclass(frozen=True, slots=True)
class FakeApi:
    """The other end of every bot."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def order(self, order: str, *, patience: float = PATIENCE, **given: object) -> dict[str, Any]:
        """Have an order carried out. Raises RuntimeError if that did not end well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience + SLACK)
        try:
            connection.request("POST", f"/bench/{order}", json.dumps(given | {"patience": patience}))
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer


@contextlib.contextmanager
def fake_api() -> Iterator[FakeApi]:
    """The canned Bot API in its process."""
    with running([sys.executable, "-m", "tests.bench.fake_api"], cwd=ROOT, talks=True) as process:
        yield FakeApi(int(process.line()), process.pid)


@dataclass(frozen=True, slots=True)
class Bot:
    """One contender, and its token at the other end."""

    name: str
    token: str
    process: Process
    api: FakeApi

    @property
    def pid(self) -> int:
        return self.process.pid

    def order(self, order: str, **given: Any) -> dict[str, Any]:
        """What its people should do."""
        return self.api.order(order, token=self.token, **given)

    def started(self) -> float:
        """Seconds from its making to its first poll."""
        return float(self.order("begun")["at"]) - self.process.made

    def collect_garbage(self) -> None:
        """Only for one that was launched without a command of its own."""
        os.kill(self.pid, signal.SIGUSR1)
        time.sleep(COLLECTING)


@contextlib.contextmanager
def bot(
    name: str,
    api: FakeApi,
    folder: Path,
    *,
    command: Sequence[str] = (),
    env: Mapping[str, str] = _NOTHING,
) -> Iterator[Bot]:
    """A contender by its name, or by `command`; it keeps its files in `folder`."""
    token = f"{next(_numbers)}:{'x' * 35}"
    with launched(name, api.url, token, folder, command=command, env=env) as process:
        yield Bot(name, token, process, api)


@contextlib.contextmanager
def launched(
    name: str,
    url: str,
    token: str,
    folder: Path,
    *,
    command: Sequence[str] = (),
    env: Mapping[str, str] = _NOTHING,
) -> Iterator[Process]:
    """The process of a contender, for any Bot API server."""
    data = folder / "data"
    if not data.exists():  # a warm start: what compiling costs, `shelf` measures
        data.mkdir(mode=0o700, parents=True)
        (data / "shelf.cache").write_bytes(shipped_cache())
    surroundings = {
        "BOT_TOKEN": token,
        "BOT_API_URL": url,
        "DATA_DIR": str(data),
        "KEY_FILE": str(folder / "root.key"),
        "LOG_LEVEL": "WARNING",
        **env,
    }
    usual = [sys.executable, "-m", "tests.bench.launch", name]
    with running(command or usual, cwd=folder, env=surroundings) as process:
        yield process
