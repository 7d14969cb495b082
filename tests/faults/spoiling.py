"""Making things wrong on purpose: a port that is taken, content that is broken."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.boot import CONTENT

#: The scenario that is broken, and what stands there then.
SCENARIO, NOWHERE = "s02-promise", "nowhere-at-all"


@contextmanager
def taken(port: int) -> Iterator[None]:
    """Nobody else can listen on this port."""
    with socket.socket() as holder:
        try:
            holder.bind(("127.0.0.1", port))
            holder.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        yield


def breaks_content(folder: Path) -> Path:
    """Copies this project's content, where then one option of one scenario leads nowhere."""
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    path = content / "scenarios" / SCENARIO / "scenario.yaml"
    text = path.read_text()
    assert "        goes: map\n" in text
    path.write_text(text.replace("        goes: map\n", f"        goes: {NOWHERE}\n", 1))
    return content
