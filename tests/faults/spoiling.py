"""Making things wrong on purpose: a port that is taken, content that is broken."""

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.library.shelf import CONTENT
from tests.faults.waiting import PATIENCE

#: The scenario that is broken, and what stands there then.
SCENARIO, NOWHERE = "s02-promise", "nowhere-at-all"


@contextmanager
def taken(port: int) -> Iterator[None]:
    """Nobody else can listen on this port. Another test may have it for a while; old connections are no hindrance."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                holder.bind(("127.0.0.1", port))
                holder.listen()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield


def breaks_content(folder: Path) -> Path:
    """Copies this project's content with one of its scenarios, of which one option then leads nowhere."""
    content = folder / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("scenarios", "variants", "example"))
    shutil.copytree(CONTENT / "scenarios" / SCENARIO, content / "scenarios" / SCENARIO)
    path = content / "scenarios" / SCENARIO / "scenario.yaml"
    text = path.read_text()
    assert "        goes: map\n" in text
    path.write_text(text.replace("        goes: map\n", f"        goes: {NOWHERE}\n", 1))
    return content
