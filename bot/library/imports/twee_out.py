"""Twee out: a draft as a Twee 3 file, which comes in again as the same draft."""

import json
import re
from typing import Final

from bot.library.imports.draft import Draft, DraftScene, Loss, Verdict
from bot.library.imports.naming import linkable, one_line
from bot.library.imports.own_ids import tags_of_options, tags_of_scenes
from bot.library.imports.story import SPECIAL, SPECIAL_TAGS
from bot.library.imports.storydata import new_ifid
from bot.library.imports.words import plain_label, plain_words

_META: Final = re.compile(r"[\\\[\]{}]")
_NO_PLACE: Final = "has no place in a Twee file."
_HEADER: Final = re.compile("^::", re.MULTILINE)


def twee_text(draft: Draft) -> str:
    """The draft as a Twee 3 file. What Twee has no place for, `not_in_twee` tells."""
    titles = _titles(draft)
    facts = {**draft.own}
    facts.setdefault("ifid", new_ifid(linkable(draft.title)))
    facts["start"] = titles[draft.scenes[0].id]
    parts = [f":: StoryTitle\n{_text(linkable(draft.title))}"] if linkable(draft.title) else []
    parts.append(f":: StoryData\n{json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False)}")
    ids = tags_of_scenes(titles)
    parts += [_passage(scene, titles, ids.get(scene.id, ""), draft) for scene in draft.scenes]
    return "\n\n\n".join(parts) + "\n"


def not_in_twee(draft: Draft) -> tuple[Loss, ...]:
    """What a Twee file has no place for: ratings, reasons and everything else beside titles, words and links."""
    losses = [Loss(1, f"scenario's '{name}'", Verdict.REFUSED, _NO_PLACE) for name in draft.fields]
    if tags_of_scenes(_titles(draft)) or any(_own(scene, _labels(scene, draft)) for scene in draft.scenes):
        what = "they are tags, 'id:…' and 'option:…=…'; leave them on, and an import gives the same ids."
        losses.append(Loss(1, "ids of scenes and options", Verdict.KEPT, what))
    for scene in draft.scenes:
        losses += [
            Loss(scene.line, f"{scene.id}: tag '{tag}'", Verdict.REFUSED, "means something else in Twine.")
            for tag in scene.tags
            if tag in SPECIAL_TAGS
        ]
        losses += [
            Loss(scene.line, f"{scene.id}: '{name}'", Verdict.REFUSED, _NO_PLACE) for name in scene.fields
        ]
        for option in scene.options:
            losses += [
                Loss(option.line, f"{scene.id}/{option.id}: '{name}'", Verdict.REFUSED, _NO_PLACE)
                for name in option.fields
            ]
    return tuple(sorted(losses))


def _titles(draft: Draft) -> dict[str, str]:
    """Every scene's title as the name of a passage, and no two alike."""
    titles: dict[str, str] = {}
    taken = set(SPECIAL)
    for scene in draft.scenes:
        base = title = linkable(scene.title) or scene.id
        number = 2
        while title in taken:
            title, number = f"{base} ({number})", number + 1
        taken.add(title)
        titles[scene.id] = title
    return titles


def _labels(scene: DraftScene, draft: Draft) -> list[str]:
    return [plain_label(option.text, str(draft.own.get("format", ""))) for option in scene.options]


def _own(scene: DraftScene, labels: list[str]) -> tuple[str, ...]:
    return tags_of_options((option.id, label) for option, label in zip(scene.options, labels, strict=True))


def _passage(scene: DraftScene, titles: dict[str, str], id: str, draft: Draft) -> str:
    labels = _labels(scene, draft)
    plain = (tag for tag in scene.tags if tag not in SPECIAL_TAGS)
    tags = " ".join(_escaped(tag) for tag in (*plain, *filter(None, (id,)), *_own(scene, labels)))
    header = f":: {_escaped(titles[scene.id])}"
    header += f" [{tags}]" if tags else ""
    header += f" {json.dumps({'position': scene.place})}" if scene.place else ""
    words = plain_words(scene.text, 1, str(draft.own.get("format", ""))).text
    links = []
    for option, label in zip(scene.options, labels, strict=True):
        target = titles.get(option.to, option.to)
        links.append(f"[[{target}]]" if label == target else f"[[{label}->{target}]]")
    return "\n".join(
        [header, *([_text(words), ""] if words and links else [_text(words)] if words else []), *links]
    )


def _text(words: str) -> str:
    """The words with nothing in them that begins a passage: blanks at the left are no part of a text."""
    return _HEADER.sub(" ::", words)


def _escaped(name: str) -> str:
    return _META.sub(lambda found: "\\" + found[0], one_line(name))
