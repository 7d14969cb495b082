"""The author's desk: commands that play, draw, pack, record, import and export scenarios."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.examining import Story
    from bot.library.imports.kinds import Brought

Id = Annotated[str, typer.Argument(help="A scenario's id, such as s02-promise.")]
Content = Annotated[
    Path | None, typer.Option("--content", help="A content folder; this project's own by default.")
]
To = Annotated[Path | None, typer.Option("--to", help="The file to write; the screen by default.")]

_CHECKING = "Checking the shelf"


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    for command in (play, walk, map_, packet, schema, import_, export):
        app.command(command.__name__.rstrip("_"))(command)


def play(scenario: Id, content: Content = None) -> None:
    """Play a scenario in the terminal; nothing is kept."""
    from rich.console import Console  # noqa: PLC0415 - each command imports what it needs, so that all start fast

    from bot.terminal.play import Table  # noqa: PLC0415
    from bot.terminal.play import play as played  # noqa: PLC0415

    story = _sound(content, scenario)
    played(story.scenario, Table(Console(), sys.stdin, story.skills))


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

    from bot.library.record import place_of_walk, written_walk  # noqa: PLC0415
    from bot.terminal.play import Table  # noqa: PLC0415
    from bot.terminal.play import play as played  # noqa: PLC0415

    story = _sound(content, scenario)
    place = place_of_walk(_folder(content) / "scenarios" / scenario, record, anew=anew)
    taken = played(story.scenario, Table(Console(), sys.stdin, story.skills), again=False)
    if taken is None:
        raise UserError("The walk was not played to an ending, so nothing was written.")
    place.parent.mkdir(exist_ok=True)
    _write(written_walk(story.scenario, taken, name=record), place)
    print(place)


def map_(scenario: Id, content: Content = None, to: To = None) -> None:
    """Draw a scenario's scenes and ways as a picture (SVG)."""
    from bot.library.mapping import svg  # noqa: PLC0415

    _write(svg(_story(content, scenario).scenario), to, kind=".svg")


def packet(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="Scenarios' ids; the whole shelf by default.")
    ] = None,
    content: Content = None,
    to: Annotated[Path, typer.Option("--to", help="The file to write.")] = Path("packet.html"),
) -> None:
    """Make one page for the reviewer, which opens with the network off; prints the hash of what is sent."""
    from bot.core.proofs.rules import RULES  # noqa: PLC0415
    from bot.examining import examine  # noqa: PLC0415
    from bot.library.checklist import read_checklist  # noqa: PLC0415
    from bot.library.faults import Faults, folders_in  # noqa: PLC0415
    from bot.library.packet import Background, Review, hashes  # noqa: PLC0415
    from bot.library.packet import packet as packed  # noqa: PLC0415
    from bot.library.rules import WORD_RULES  # noqa: PLC0415
    from bot.terminal.waiting import Waiting  # noqa: PLC0415

    folder = _folder(content)
    ids = list(dict.fromkeys(scenarios or [path.name for path in folders_in(folder / "scenarios")]))
    with Waiting(_CHECKING) as waiting:
        found = examine(folder, each=waiting.each(_count(folder)))
    wanted = found if scenarios is None else found.within([folder / "scenarios" / id for id in ids])
    stories = [_story(content, id) for id in ids]
    if wanted.faults:  # nobody signs what is not sound; its neighbours' faults are not in its way
        raise Faults(wanted.faults)
    reviews = []
    for story in stories:
        own = folder / "scenarios" / story.scenario.id
        asked = [str(prompt) for prompt in found.within([own]).prompts]
        checklist = read_checklist(own / "checklist.yaml")
        reviews.append(Review(scenario=story.scenario, prompts=asked, checklist=checklist))
    rules = {name: rule.asks for name, rule in {**RULES, **WORD_RULES}.items()}
    known = stories[0]
    background = Background(skills=known.skills, nations=known.help, sources=_sources(content), rules=rules)
    with Waiting("Making the packet") as waiting:
        page = packed(waiting.over(reviews), background)
    _write(page, to, kind=".html")
    print(hashes(reviews, background))


def schema(
    to: To = None,
    content: Content = None,
    variants: Annotated[
        bool, typer.Option("--variants", help="Describe a file of variants instead.")
    ] = False,
) -> None:
    """Describe scenario.yaml for editors (JSON Schema), so that they complete and check while you type."""
    from bot.library.schema import schema as scenario_schema  # noqa: PLC0415
    from bot.library.schema_variants import variants_schema  # noqa: PLC0415

    described = variants_schema if variants else scenario_schema

    from bot.library.checking import reference  # noqa: PLC0415

    _, known, nations, _ = reference(_folder(content))
    laws = {key: law.text for help_ in nations.values() for key, law in help_.law.items()}
    skills = {str(id): skill.name for id, skill in known.items()}
    found = described(skills=skills, sources=_sources(content), laws=laws)
    _write(json.dumps(found, ensure_ascii=False, indent=2), to, kind=".json")


def import_(
    file: Annotated[
        Path, typer.Argument(help="Twee, Twine (.json, .html), ink (.ink.json), H5P, CSV or XLSX.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="The scenario.yaml to write; the screen by default.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything as JSON: the draft, its gaps, and what was lost.")
    ] = False,
) -> None:
    """Bring in a story from another tool: a draft with named gaps, and an account of what was lost."""
    from bot.library.faults import Faults, short  # noqa: PLC0415
    from bot.library.hostile import check_in_child  # noqa: PLC0415
    from bot.library.imports.kinds import brought, kind_of  # noqa: PLC0415
    from bot.library.imports.naming import one_line  # noqa: PLC0415
    from bot.terminal.waiting import Waiting  # noqa: PLC0415

    if not file.is_file():
        raise UserError(f"'{file}' is not a file.")
    kind = kind_of(file)
    if to is not None and to.exists():
        raise UserError(f"'{to}' is there already; choose another name, so that nobody's work is lost.")
    # Another tool's file may be anybody's: it is read by a child that can neither hang this computer nor reach out.
    called = short(file) if file.name.isprintable() else one_line(short(file))
    with Waiting("Reading the file", quiet=as_json):
        checked = check_in_child(file, kind, name=called)
    if checked.faults:
        if not as_json:
            raise Faults(checked.faults)
        _write_json({"file": called, "faults": [asdict(fault) for fault in checked.faults]})
        raise SystemExit(Faults.exit_code)
    _account(brought(checked.result), called, to, as_json=as_json)


def _account(story: "Brought", called: str, to: Path | None, *, as_json: bool) -> None:
    """Writes the draft, and what became of everything else in the file that is called so."""
    from bot.library.imports.report import loss_lines, loss_records, loss_sum  # noqa: PLC0415

    if to is not None or not as_json:
        _write(story.draft, to)
    if as_json:
        told = {**story._asdict(), "losses": loss_records(story.losses, story.unit)}
        _write_json({"file": called, "faults": [], **told})
        return
    print(*loss_lines(story.losses, called, story.unit), sep="\n", file=sys.stderr)
    print(f"{loss_sum(story.losses)}; {len(story.gaps)} gaps to fill:", file=sys.stderr)
    print(*(f"  {gap}" for gap in story.gaps), sep="\n", file=sys.stderr)
    place = f"scenarios/{story.name or 'ID'}/scenario.yaml"
    print(f"Keep it as {place}; `bothand check` then asks for every gap at its line.", file=sys.stderr)


def export(scenario: Id, content: Content = None, to: To = None) -> None:
    """Write a scenario as Twee, for Twine and other tools, with an account of what Twee cannot hold."""
    from bot.library.imports.of_scenario import draft_of  # noqa: PLC0415
    from bot.library.imports.report import loss_lines  # noqa: PLC0415
    from bot.library.imports.twee_out import not_in_twee, twee_text  # noqa: PLC0415

    draft = draft_of(_story(content, scenario).scenario)
    _write(twee_text(draft), to, kind=".twee")
    losses = loss_lines([*draft.losses, *not_in_twee(draft)], scenario, draft.unit)
    print(*losses, sep="\n", file=sys.stderr)


def _folder(content: Path | None) -> Path:
    from bot.library.shelf import CONTENT  # noqa: PLC0415

    folder = content or CONTENT
    if not (folder / "scenarios").is_dir():
        lacking = "holds no folder 'scenarios'" if folder.is_dir() else "is not a folder"
        raise UserError(f"'{folder}' {lacking}. Name a content folder, such as: --content content")
    return folder


def _sources(content: Path | None) -> dict[str, str]:
    from bot.library.reference import read_sources  # noqa: PLC0415

    return read_sources(_folder(content) / "sources.yaml")[0] or {}


def _story(content: Path | None, id: str) -> "Story":
    """The scenario with its id, whether or not it is sound, as long as one can tell where its ways lead."""
    from bot.examining import story_of  # noqa: PLC0415

    return story_of(_folder(content), id)


def _sound(content: Path | None, id: str) -> "Story":
    """The same of one that can be played to its end. Walks and checklist may be missing: they come of playing it."""
    from bot.library.faults import Faults  # noqa: PLC0415

    story = _story(content, id)
    if story.faults:
        raise Faults(story.faults)
    return story


def _count(content: Path) -> int:
    """How many scenarios there are to check."""
    return sum(path.is_dir() for path in content.glob("scenarios/*"))


def _write_json(value: object) -> None:
    print(json.dumps(value, indent=2))


def _write(text: str, to: Path | None, *, kind: str = "") -> None:
    """Writes to a file, or to the screen. A file that is there is written over only if it is of this kind."""
    whole = text if text.endswith("\n") else f"{text}\n"
    if to is None:
        print(whole, end="")
        return
    if kind and to.exists() and to.suffix != kind:
        raise UserError(f"'{to}' is there already and is no {kind} file; choose another name.")
    try:
        to.write_text(whole, encoding="utf-8")
    except OSError as error:
        raise UserError(f"'{to}' cannot be written ({error.strerror}).") from None
