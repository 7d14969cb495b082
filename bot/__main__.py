"""`bothand`, and `python -m bot`: finds the command and says in plain words what its user can put right."""

import gc
import sys

from bot.errors import UserError


def main() -> None:
    """Runs a command. A `UserError` is shown without a traceback, and ends with its own exit code."""
    try:
        if sys.argv[1:] == ["run"]:
            # The bot itself has no options to parse, and the command line's library would be a tenth of its start.
            _run()
        else:
            from bot.cli import app  # noqa: PLC0415

            app()
    except UserError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from None


def _run() -> None:
    # Imports leave nothing behind to collect, and looking for it is an eighth of a start. `starting` turns it on again.
    gc.disable()
    from bot import starting  # noqa: PLC0415

    starting.start()


if __name__ == "__main__":
    main()
