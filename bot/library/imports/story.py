"""From passages to a draft: names become ids, links become options, and what leads nowhere is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.links import ATTRIBUTES
from bot.library.imports.naming import Names, linkable, one_line
from bot.library.imports.own_ids import id_of_scene, ids_of_options, without_ids
from bot.library.imports.wash import Link, shown
from bot.library.imports.words import Words, plain_words

MAX_WORDS: Final = 256 * 1024
MAX_PASSAGES: Final = 1_000
MAX_LINKS: Final = 5_000

#: Passages and tags that mean something to a compiler or a story format, and nothing to a reader.
_FOR_PROGRAMS: Final = """
    StoryTitle StoryData StorySettings StoryIncludes StoryInit StoryCaption StoryMenu StoryBanner StorySubtitle
    StoryAuthor StoryInterface StoryShare StoryDisplayTitle StoryLoadingScreen PassageHeader PassageFooter PassageReady
    PassageDone
"""
SPECIAL: Final = frozenset(_FOR_PROGRAMS.split())
SPECIAL_TAGS: Final = {
    "script": "script",
    "stylesheet": "stylesheet",
    "widget": "SugarCube widgets",
    "init": "SugarCube set-up",
    "Twine.private": "private passage",
    "annotation": "annotation",
    "header": "Harlowe header",
    "footer": "Harlowe footer",
    "startup": "Harlowe set-up",
    "debug-header": "Harlowe header",
    "debug-footer": "Harlowe footer",
    "debug-startup": "Harlowe set-up",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as its file has it; `line` is where it begins, `text_line` where its text does.

    None: the text stands on one line of the file, the passage's own, whatever line breaks it has inside.
    """

    name: str
    text: str
    line: int
    text_line: int | None
    tags: tuple[str, ...] = ()
    place: str | None = None


@dataclass(slots=True)
class Story:
    """A whole file: passages in its order, and the name of the one where it begins, if it says so."""

    file: str
    source: str
    title: str = ""
    start: str | None = None
    passages: list[Passage] = field(default_factory=list)
    own: dict[str, object] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def note(self, line: int, construct: str, verdict: Verdict, what: str) -> None:
        """Writes down what became of a construct."""
        self.losses.append(Loss(line, construct, verdict, what))


@dataclass(slots=True)
class Nowhere:
    """Ids for the names that links lead to and no passage has: neither ids nor names of passages."""

    names: Names
    titles: frozenset[str]
    given: dict[str, str] = field(default_factory=dict)

    def id(self, target: str) -> str:
        """The same id for the same name, and never one of a scene."""
        if target not in self.given:
            found = self.names.id(target)
            while found in self.titles:
                found = self.names.id(target)
            self.given[target] = found
        return self.given[target]


def drafted(story: Story) -> Draft:
    """The draft of a story. Raises `Faults` if nothing of it can be told, or if it is too large."""
    if len(story.passages) > MAX_PASSAGES:
        raise Faults([fault(story.file, 1, f"the story has more than {MAX_PASSAGES} passages.")])
    if sum(len(passage.text) for passage in story.passages) > MAX_WORDS:
        raise Faults([fault(story.file, 1, f"the passages hold more than {MAX_WORDS // 1024} KB of text.")])
    kept = _started(story, _readable(story))
    if not kept:
        raise Faults([fault(story.file, 1, "the file holds no passage that a reader could see.")])
    if sum(passage.text.count(sign) for passage in kept for sign in ("[[", "[img[", *ATTRIBUTES)) > MAX_LINKS:
        raise Faults([fault(story.file, 1, f"the story has more than {MAX_LINKS} links.")])
    told = [_told(passage, str(story.own.get("format", ""))) for passage in kept]
    scenes = _scenes(story, kept, told)
    _unreached(story, scenes)
    for words in told:
        story.losses.extend(words.losses)
    losses = tuple(sorted(set(story.losses)))
    return Draft(linkable(story.title), scenes, losses, story.source, own=story.own)


def _told(passage: Passage, story_format: str) -> Words:
    words = plain_words(passage.text, passage.text_line or passage.line, story_format)
    if passage.text_line is not None:
        return words
    return Words(
        words.text,
        tuple(replace(link, line=passage.line) for link in words.links),
        tuple(replace(loss, line=passage.line) for loss in words.losses),
    )


def _readable(story: Story) -> list[Passage]:
    """The passages that somebody was to read, each name once."""
    kept: dict[str, Passage] = {}
    for passage in story.passages:
        name = one_line(passage.name)
        special = next((SPECIAL_TAGS[tag] for tag in passage.tags if tag in SPECIAL_TAGS), None)
        if special or name in SPECIAL:
            construct = f"{special or 'special'} passage '{shown(name)}'"
            story.note(
                passage.line,
                construct,
                Verdict.REFUSED,
                "is for a program, not for a reader; it is left out.",
            )
        elif not name:
            story.note(passage.line, "passage without a name", Verdict.REFUSED, "no link can lead to it.")
        elif name in kept:
            what = f"the name stands on line {kept[name].line} already; this passage is left out."
            story.note(passage.line, f"passage '{shown(name)}'", Verdict.REFUSED, what)
        else:
            kept[name] = passage
    return list(kept.values())


def _started(story: Story, passages: list[Passage]) -> list[Passage]:
    """The passages with the first one first: the one that is named as start, else 'Start', else the first."""
    names = [one_line(passage.name) for passage in passages]
    wanted = None if story.start is None else one_line(story.start)
    if wanted in names:
        at = names.index(wanted)
    else:
        at = names.index("Start") if "Start" in names else 0
        if passages:
            lacking = "no start is named" if wanted is None else f"the start '{shown(wanted)}' does not exist"
            what = f"{lacking}; the story begins at '{shown(names[at])}'."
            verdict = Verdict.KEPT if names[at] == "Start" and wanted is None else Verdict.APPROXIMATED
            story.note(passages[at].line, "start", verdict, what)
    return [*passages[at : at + 1], *passages[:at], *passages[at + 1 :]]


def _titles(story: Story, passages: list[Passage]) -> dict[str, str]:
    """Every passage's name as a link can hold it, and no two alike."""
    titles: dict[str, str] = {}
    taken: set[str] = set()
    for passage in passages:
        name = one_line(passage.name)
        base = title = linkable(name)
        number = 2
        while title in taken or title in SPECIAL:
            title, number = f"{base} ({number})", number + 1
        if title != name:
            what = f"becomes '{shown(title)}', which a link can hold."
            story.note(passage.line, f"passage '{shown(name)}'", Verdict.APPROXIMATED, what)
        taken.add(title)
        titles[name] = title
    return titles


def _scenes(story: Story, passages: list[Passage], told: list[Words]) -> tuple[DraftScene, ...]:
    titles = _titles(story, passages)
    names = Names("scene")
    own = {}
    for passage in passages:
        note = partial(story.note, passage.line)
        own[one_line(passage.name)] = id_of_scene(passage.tags, names, note)
    ids = {name: own[name] or names.id(title) for name, title in titles.items()}
    nowhere = Nowhere(names, frozenset(titles.values()))
    scenes = []
    for passage, words in zip(passages, told, strict=True):
        name = one_line(passage.name)
        story.note(passage.line, f"passage '{shown(name)}'", Verdict.KEPT, f"becomes '{ids[name]}'.")
        given = ids_of_options(
            [link.label for link in words.links], passage.tags, partial(story.note, passage.line)
        )
        options = _options(story, zip(given, words.links, strict=True), ids, nowhere)
        tags = tuple(dict.fromkeys(without_ids(passage.tags)))
        scenes.append(
            DraftScene(ids[name], titles[name], words.text, options, passage.line, tags, passage.place)
        )
    return tuple(scenes)


def _options(
    story: Story, links: Iterable[tuple[str, Link]], ids: Mapping[str, str], nowhere: Nowhere
) -> tuple[DraftOption, ...]:
    options = []
    for id, link in links:
        to = ids.get(link.target) or nowhere.id(link.target)
        if link.target not in ids:
            story.note(link.line, "broken link", Verdict.REFUSED, _broken(link))
        else:
            story.note(link.line, "link", Verdict.KEPT, f"'{shown(link.label)}' leads to '{to}'.")
        options.append(DraftOption(id, link.label, to, link.line))
    return tuple(options)


def _broken(link: Link) -> str:
    if "://" in link.target:
        return f"'{shown(link.label)}' leads out of the story; it becomes an option that goes nowhere yet."
    lacking = f"no passage is called '{shown(link.target)}'" if link.target else "it names no passage"
    return f"'{shown(link.label)}' leads nowhere: {lacking}; it becomes an option that goes nowhere yet."


def _unreached(story: Story, scenes: tuple[DraftScene, ...]) -> None:
    """Tells of every passage that no way from the start leads to."""
    ways = {scene.id: [option.to for option in scene.options] for scene in scenes}
    reached: set[str] = set()
    waiting = [scenes[0].id]
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += [to for to in ways[id] if to in ways]
    for scene in scenes:
        if scene.id not in reached:
            what = "is kept, but no link leads there from the start."
            story.note(scene.line, f"unreachable passage '{shown(scene.title)}'", Verdict.APPROXIMATED, what)
