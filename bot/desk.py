"""The author's desk: commands that play, draw, pack, record, import and export scenarios."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.core.scenario import Scenario
    from bot.core.shelf import Shelf
    from bot.library.imports.draft import Draft

Id = Annotated[str, typer.Argument(help="A scenario's id, such as s02-promise.")]
Content = Annotated[
    Path | None, typer.Option("--content", help="A content folder; this project's own by default.")
]
To = Annotated[Path | None, typer.Option("--to", help="The file to write; the screen by default.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    for command in (play, walk, map_, packet, schema, import_, export):
        app.command(command.__name__.rstrip("_"))(command)


def play(scenario: Id, content: Content = None) -> None:
    """Play a scenario in the terminal; nothing is kept."""
    from rich.console import Console  # noqa: PLC0415 - each command imports what it needs, so that all start fast

    from bot.terminal.play import Table  # noqa: PLC0415
    from bot.terminal.play import play as played  # noqa: PLC0415

    shelf = _shelf(content)
    played(_scenario(shelf, scenario), Table(Console(), sys.stdin, shelf.skills))


def walk(
    scenario: Id,
    record: Annotated[
        str, typer.Option("--record", help="The walk's name; it is written as walks/NAME.yaml.")
    ],
    content: Content = None,
    anew: Annotated[bool, typer.Option("--anew", help="Write over a walk of that name.")] = False,
) -> None:
    """Play a scenario once and keep the way as a walk, which `bothand check` replays from then on."""
    from rich.console import Console  # noqa: PLC0415

    from bot.library.record import keep_walk, written_walk  # noqa: PLC0415
    from bot.terminal.play import Table  # noqa: PLC0415
    from bot.terminal.play import play as played  # noqa: PLC0415

    shelf = _shelf(content)
    chosen = _scenario(shelf, scenario)
    taken = played(chosen, Table(Console(), sys.stdin, shelf.skills), again=False)
    if taken is None:
        raise UserError("The walk was not played to an ending, so nothing was written.")
    written = written_walk(chosen, taken, name=record)
    print(keep_walk(_folder(content) / "scenarios" / scenario, record, written, anew=anew))


def map_(scenario: Id, content: Content = None, to: To = None) -> None:
    """Draw a scenario's scenes and ways as a picture (SVG)."""
    from bot.library.mapping import svg  # noqa: PLC0415

    _write(svg(_scenario(_shelf(content), scenario)), to)


def packet(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="Scenarios' ids; the whole shelf by default.")
    ] = None,
    content: Content = None,
    to: Annotated[Path, typer.Option("--to", help="The file to write.")] = Path("packet.html"),
) -> None:
    """Make one page for the reviewer, which opens with the network off; prints the hash of what is sent."""
    from bot.core.proofs.rules import RULES  # noqa: PLC0415
    from bot.library.checklist import read_checklist  # noqa: PLC0415
    from bot.library.packet import Background, Review, hashes  # noqa: PLC0415
    from bot.library.packet import packet as packed  # noqa: PLC0415
    from bot.library.source import read  # noqa: PLC0415
    from bot.library.words import prompt_remarks, read_questions  # noqa: PLC0415

    shelf, folder = _shelf(content), _folder(content)
    questions = read_questions(folder / "prompts.yaml")
    reviews = []
    for id in scenarios or list(shelf.scenarios):
        own = folder / "scenarios" / id
        scenario = _scenario(shelf, id)
        asked = [str(remark) for remark in prompt_remarks(read(own / "scenario.yaml"), questions)]
        checklist = read_checklist(own / "checklist.yaml") if (own / "checklist.yaml").is_file() else None
        reviews.append(Review(scenario=scenario, prompts=asked, checklist=checklist))
    background = Background(skills=shelf.skills, nations=shelf.help, sources=_sources(content), rules=RULES)
    _write(packed(reviews, background), to)
    print(hashes(reviews))


def schema(to: To = None, content: Content = None) -> None:
    """Describe scenario.yaml for editors (JSON Schema), so that they complete and check while you type."""
    from bot.library.schema import schema as described  # noqa: PLC0415

    shelf = _shelf(content)
    laws = {key: law.text for help_ in shelf.help.values() for key, law in help_.law.items()}
    skills = {str(id): skill.name for id, skill in shelf.skills.items()}
    found = described(skills=skills, sources=_sources(content), laws=laws)
    _write(json.dumps(found, ensure_ascii=False, indent=2), to)


def import_(
    file: Annotated[
        Path, typer.Argument(help="Twee, Twine (.json, .html), ink (.ink.json), H5P, CSV or XLSX.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="The scenario.yaml to write; the screen by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The account of what was lost as JSON.")] = False,
) -> None:
    """Bring in a story from another tool: a draft with named gaps, and an account of what was lost."""
    from bot.library.faults import short  # noqa: PLC0415
    from bot.library.imports.report import loss_json, loss_lines, loss_sum  # noqa: PLC0415
    from bot.library.imports.yaml_out import gaps, scenario_yaml  # noqa: PLC0415

    if not file.is_file():
        raise UserError(f"'{file}' is not a file.")
    draft = _drafted(file)
    _write(scenario_yaml(draft), to)
    account = (
        loss_json(draft.losses, short(file)) if as_json else "\n".join(loss_lines(draft.losses, short(file)))
    )
    print(account, file=sys.stderr)
    missing = gaps(draft)
    print(f"{loss_sum(draft.losses)}; {len(missing)} gaps to fill:", *missing, sep="\n  ", file=sys.stderr)


def export(scenario: Id, content: Content = None, to: To = None) -> None:
    """Write a scenario as Twee, for Twine and other tools, with an account of what Twee cannot hold."""
    from bot.library.imports.of_scenario import draft_of  # noqa: PLC0415
    from bot.library.imports.report import loss_lines  # noqa: PLC0415
    from bot.library.imports.twee_out import not_in_twee, twee_text  # noqa: PLC0415

    draft = draft_of(_scenario(_shelf(content), scenario))
    _write(twee_text(draft), to)
    print("\n".join(loss_lines([*draft.losses, *not_in_twee(draft)], scenario)), file=sys.stderr)


def _folder(content: Path | None) -> Path:
    from bot.library.shelf import CONTENT  # noqa: PLC0415

    return content or CONTENT


def _sources(content: Path | None) -> dict[str, str]:
    from bot.library.reference import read_sources  # noqa: PLC0415

    return read_sources(_folder(content) / "sources.yaml")[0] or {}


def _shelf(content: Path | None) -> "Shelf":
    from bot.library import shelf as library  # noqa: PLC0415

    return library.compile_shelf(_folder(content))


def _scenario(shelf: "Shelf", id: str) -> "Scenario":
    from bot.library.faults import did_you_mean  # noqa: PLC0415

    found = next((scenario for known, scenario in shelf.scenarios.items() if known == id), None)
    if found is None:
        raise UserError(f"'{id}' is not on the shelf.{did_you_mean(id, shelf.scenarios)}")
    return found


def _drafted(file: Path) -> "Draft":
    from bot.library.imports import h5p, ink, sheet, twee, twine_html, twine_json  # noqa: PLC0415

    match file.suffix.lower():
        case ".twee" | ".tw":
            return twee.read_twee(file)
        case ".html" | ".htm":
            return twine_html.read_twine_html(file)
        case ".h5p":
            return h5p.read_h5p(file)
        case ".csv" | ".xlsx":
            return sheet.read_sheet(file)
        case ".json" if b'"inkVersion"' in file.read_bytes()[:400]:
            return ink.read_ink(file)
        case ".json":
            return twine_json.read_twine_json(file)
        case other:
            raise UserError(
                f"Files of the kind '{other}' are not known. Known are .twee, .tw, .html, .json, .h5p, .csv and .xlsx."
            )


def _write(text: str, to: Path | None) -> None:
    if to is None:
        print(text)
        return
    try:
        to.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"'{to}' cannot be written ({error.strerror}).") from None
