"""Compiled ink stories become drafts: played through in every way there is, until nothing new turns up.

What the story reckons with is gone afterwards: every state that reads differently or goes on differently is a scene of
its own. States that nothing can tell apart are one scene, and that is how a loop comes to an end.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict, lead_on
from bot.library.imports.faulty import fault
from bot.library.imports.ink_account import account, name_of
from bot.library.imports.ink_counts import counts_of
from bot.library.imports.ink_graph import Graph, explored, merged
from bot.library.imports.ink_parts import Unread, read_tree
from bot.library.imports.ink_run import Stop, Story, Turn
from bot.library.imports.json_in import read_json
from bot.library.imports.naming import ID_LENGTH, Names, one_line, slug

VERSION: Final = 21
OLDER: Final = 20


def draft_of_ink(raw: bytes, file: str) -> Draft:
    """The draft of a compiled ink story, `inkVersion` 21 or 20. Raises `Faults`.

    Compiled ink has no lines: `line` is the number of a part, counted through the file, and `construct` has its path.
    """
    version, root, lists = _opened(read_json(raw, file), file)
    tree = read_tree(root, lists)
    if tree.faults:
        raise Faults(fault(file, 1, unread.what) for unread in tree.faults)
    story = Story(tree, counts_of(tree))
    try:
        graph = explored(story)
    except Unread as error:
        hanging = sorted((part.number, part.path) for part in story.unsure)
        told = [fault(file, 1, f"{path}: this hangs on a list, which is not read.") for _, path in hanging]
        raise Faults([fault(file, 1, error.what), *told]) from None
    graph = merged(graph)
    losses = set(account(story, len(graph.turns)))
    if version == OLDER:
        losses.add(Loss(1, "inkVersion 20", Verdict.APPROXIMATED, "it is read as if it were version 21."))
    title, scenes = _scenes(graph, losses)
    title = title or one_line(PurePath(file).name.partition(".")[0])
    return Draft(title, scenes, tuple(sorted(losses)), f"ink JSON {version}", unit="part")


def _opened(value: object, file: str) -> tuple[int, object, object]:
    """The version, the root and the lists of the story."""
    if not isinstance(value, dict) or "inkVersion" not in value or "root" not in value:
        what = "this is no compiled ink story: it has no 'inkVersion' or no 'root'."
        raise Faults([fault(file, 1, what)])
    version = value["inkVersion"]
    if isinstance(version, bool) or version not in (OLDER, VERSION):
        what = f"inkVersion {VERSION} is read; compile the story anew with a current ink."
        raise Faults([fault(file, 1, what)])
    return int(version), value["root"], value.get("listDefs")


def _scenes(graph: Graph, losses: set[Loss]) -> tuple[str, tuple[DraftScene, ...]]:
    """The story's title, if it has one, and a scene for every turn."""
    names = Names("scene")
    wheres = [name_of(turn.where) for turn in graph.turns]
    ids = [names.id(numbered) for numbered in _numbered(wheres)]
    title = ""
    scenes = []
    for number, turn in enumerate(graph.turns):
        line = turn.where.number if turn.where else 1
        tags = list(turn.said.tags)
        if number == 0:
            title, tags = _title(tags, line, losses)
        options = _options(turn, [ids[way] for way in graph.ways[number]], losses)
        shown = wheres[number].replace("_", " ").replace(".", ", ")
        text = "\n\n".join(map(one_line, turn.said.lines))
        scene = DraftScene(
            ids[number], shown[:1].upper() + shown[1:], text, options, line, _tags(tags, line, losses)
        )
        losses.add(_kept(scene, turn.stop))
        scenes.append(scene)
    return title, tuple(scenes)


def _numbered(names: list[str]) -> Iterator[str]:
    """Every name; from the second time on with its number behind it."""
    times: Counter[str] = Counter()
    for name in names:
        base = slug(name, ID_LENGTH - 5)
        times[base] += 1
        yield name if times[base] == 1 else f"{base} {times[base]}"


def _kept(scene: DraftScene, stop: Stop) -> Loss:
    match stop:
        case Stop.WAITS:
            what = lead_on(len(scene.options))
            return Loss(scene.line, f"scene '{scene.id}'", Verdict.KEPT, what)
        case Stop.ENDED | Stop.DONE:
            return Loss(scene.line, f"ending '{scene.id}'", Verdict.KEPT, f"the story's own {stop.value}.")
        case Stop.RAN_OUT:
            what = "the story stops here without an end; an ending is made of it."
            return Loss(scene.line, f"ending '{scene.id}'", Verdict.APPROXIMATED, what)


def _options(turn: Turn, goes: list[str], losses: set[Loss]) -> tuple[DraftOption, ...]:
    names = Names("option")
    options = []
    for offer, to in zip(turn.offers, goes, strict=True):
        line, where = offer.part.number, f"choice at {offer.part.path}"
        tags = _tags(list(offer.tags), line, losses)
        fields: dict[str, object] = {"tags": list(tags)} if tags else {}
        option = DraftOption(names.id(offer.text), one_line(offer.text), to, line, fields)
        options.append(option)
        if option.text:
            losses.add(Loss(line, where, Verdict.KEPT, "it is an option."))
        else:
            losses.add(
                Loss(line, where, Verdict.APPROXIMATED, "it has no words; the option's text is a gap.")
            )
    return tuple(options)


def _title(tags: list[str], line: int, losses: set[Loss]) -> tuple[str, list[str]]:
    """The title, if one of the first scene's tags gives it, and the other tags."""
    for tag in tags:
        name, colon, rest = tag.partition(":")
        if colon and name.strip().lower() == "title" and rest.strip():
            losses.add(Loss(line, "tag 'title'", Verdict.KEPT, "it is the title of the draft."))
            return one_line(rest), [other for other in tags if other is not tag]
    return "", tags


def _tags(tags: list[str], line: int, losses: set[Loss]) -> tuple[str, ...]:
    """Tags as the language writes them."""
    found: dict[str, None] = {}
    for tag in tags:
        written = slug(tag)
        construct = f"tag '{one_line(tag)[:40]}'"
        if not written:
            losses.add(Loss(line, construct, Verdict.REFUSED, "nothing of it can stand in a tag."))
            continue
        found[written] = None
        verdict = Verdict.KEPT if written == tag else Verdict.APPROXIMATED
        losses.add(Loss(line, construct, verdict, f"the tag is '{written}'."))
    return tuple(found)
