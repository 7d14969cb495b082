"""Runs one contender unchanged, in a process that collects its garbage when it is sent SIGUSR1."""

import gc
import signal
import sys


def main(contender: str) -> None:
    """Run `bothand`, `ptb-form`, `ptb-default` or `aiogram` until SIGTERM."""
    signal.signal(signal.SIGUSR1, lambda *_: gc.collect())
    # Each process imports its own contender only.
    match contender:
        case "bothand":
            from bot.__main__ import main as bothand  # noqa: PLC0415

            sys.argv = ["bothand", "run"]
            bothand()
        case "ptb-form" | "ptb-default":
            from .bare_ptb import main as ptb  # noqa: PLC0415

            ptb(contender.removeprefix("ptb-"))
        case "aiogram":
            from .bare_aiogram import main as aiogram  # noqa: PLC0415

            aiogram()
        case _:
            raise SystemExit(f"there is no contender {contender!r}")


if __name__ == "__main__":
    main(sys.argv[1])
