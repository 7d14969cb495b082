"""The command line: `bothand run`, `bothand check`, and the author's commands."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import desk
from bot.errors import UserError

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
    content: Annotated[
        Path | None,
        typer.Argument(
            help="A folder with scenarios, help, skills.yaml, sources.yaml and words.yaml; "
            "this project's own by default."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Faults as JSON, for machines.")] = False,
) -> None:
    """Check a content folder; all faults at once, each with its file and line.

    Scenarios: form, names, every way through the story, walks, and whether each review has all its answers.
    Beside them: the form of help, skills, sources and words, and the names in them.
    Not checked: whether a text blames a child, whether a fact is true, and what a review answers.
    """
    from bot.library import shelf as library  # noqa: PLC0415
    from bot.library.faults import Faults  # noqa: PLC0415

    folder = content or library.CONTENT
    if not (folder / "scenarios").is_dir():
        lacking = "holds no folder 'scenarios'" if folder.is_dir() else "is not a folder"
        raise UserError(f"'{folder}' {lacking}. Name a content folder, such as: bothand check content")
    try:
        shelf = library.compile_shelf(folder)
    except Faults as faults:
        if json:
            print(library.as_json(faults))
            raise SystemExit(faults.exit_code) from None
        print(faults)
        count = len(faults.faults)
        print(f"\n{count} fault{'' if count == 1 else 's'}.", file=sys.stderr)
        raise SystemExit(faults.exit_code) from None
    print("[]" if json else f"All sound: {library.describe(shelf)}.")


desk.add_to(app)
