"""The command line: `bothand run`, `bothand check`, and the author's commands."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import desk

if TYPE_CHECKING:
    from bot.examining import Examined

app = typer.Typer(
    name="bothand",
    help="Both/And: practise building trust with young people at risk, a few minutes at a time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root() -> None:
    """Every command stands by itself."""


@app.command()
def run() -> None:
    """Start the bot; without BOT_TOKEN, start the practice room in the browser."""
    from bot import starting  # noqa: PLC0415 - each command imports what it needs, so that all start fast

    starting.start()


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Content folders, or files and folders in one, such as a scenario's; this project's own content by "
            "default. A scenario.yaml that lies in no content folder is checked by itself."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Faults and prompts as JSON, for machines.")] = False,
    prompts: Annotated[
        bool, typer.Option("--prompts", help="Show what a reviewer is asked to look at, too.")
    ] = False,
    release: Annotated[
        bool,
        typer.Option(
            "--release",
            help="Ask what must be true before people use it, too: contacts and law checked live within 60 days, "
            "variants for every skill, no review that says no. Tells which scenarios await local sign-off.",
        ),
    ] = False,
) -> None:
    """Check scenarios; all faults at once, each with file, line, rule, what to do, and the taps that show it.

    Scenarios: form, names, every way through the story, words that blame, reading load, the length of every screen,
    walks, and whether each review has all its answers. Beside them: the form of help, skills, sources and words.
    Not checked: whether a fact is true, and what a review answers.
    """
    from bot import examining  # noqa: PLC0415 - each command imports what it needs, so that all start fast
    from bot.library import shelf as library  # noqa: PLC0415
    from bot.terminal.waiting import Waiting  # noqa: PLC0415

    chosen = paths or [library.CONTENT]
    with Waiting("Checking", quiet=json) as waiting:
        found = examining.examine_paths(
            chosen,
            each=waiting.each(examining.how_many(chosen)),
            release=datetime.now(UTC).date() if release else None,
        )
    if json:
        print(examining.as_json(found))
    else:
        _tell(found, prompts=prompts)
    if found.faults:
        raise SystemExit(1)


def _tell(found: "Examined", *, prompts: bool) -> None:
    """Faults, and prompts if they are wanted; how many on the other stream."""
    for told in (*found.faults, *(found.prompts if prompts else ())):
        print(told)
    for unsigned in found.awaiting:
        print(f"{unsigned.file}:{unsigned.line}: {unsigned.what}")
    if found.faults:
        print(f"\n{_count(len(found.faults), 'fault')}.", file=sys.stderr)
    elif found.describes:
        print(f"All sound: {found.describes}.")
    if found.prompts and not prompts:
        asked = f"{_count(len(found.prompts), 'place')} for a reviewer to look at: --prompts shows them."
        print(asked, file=sys.stderr)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


desk.add_to(app)
