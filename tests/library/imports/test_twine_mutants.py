"""Broken and hostile stories: each is answered with a draft or with faults, and never with anything else."""

import json
import random
from collections.abc import Callable

import pytest

from bot.library.faults import Fault, Faults
from bot.library.imports.draft import Draft
from bot.library.imports.twee import draft_of_twee
from bot.library.imports.twee_out import twee_text
from bot.library.imports.twine_html import draft_of_twine_html
from bot.library.imports.twine_json import draft_of_twine_json
from bot.library.imports.yaml_out import gaps, scenario_yaml
from tests.library.imports.stories import PIECES
from tests.library.imports.test_twine import HTML, JSON, TWEE
from tests.thorough import examples

pytestmark = pytest.mark.thorough

Reading = Callable[[bytes, str], Draft]
FORMATS: dict[str, tuple[Reading, str]] = {
    "twee": (draft_of_twee, TWEE),
    "json": (draft_of_twine_json, JSON),
    "html": (draft_of_twine_html, HTML),
}
MUTANTS = examples(ordinary=60, thorough=700)
#: Bytes of a file that holds one piece over and over.
LONG = examples(ordinary=200_000, thorough=200_000)


def _mutant(raw: bytes, chance: random.Random) -> bytes:
    """The file with up to eight bytes, pieces or stretches changed, put in, doubled or cut."""
    made = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at, end = sorted((chance.randint(0, len(made)), chance.randint(0, len(made))))
        end = min(end, at + 60)
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = chance.randbytes(1)
            case 1:
                made[at:at] = chance.choice(PIECES).encode()
            case 2:
                made[at:at] = made[at:end]
            case 3:
                del made[at:end]
            case _:
                made[at:at] = json.dumps(chance.choice(PIECES)).encode()
    return bytes(made)


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    1e300,
    "",
    "x" * 99,
    [],
    [[]],
    {},
    {"a": {}},
    [1, "a b"],
    "[[Hall]]",
    "\ud800",
)


def _odd_story(sample: bytes, chance: random.Random) -> bytes:
    """The same JSON with odd values in it, and tangled words: JSON still."""
    facts = json.loads(sample)
    for _ in range(chance.randint(1, 4)):
        place = chance.choice([facts, *(part for part in facts["passages"] if isinstance(part, dict))])
        name = chance.choice(sorted(set(place) - {"passages"}))
        tangle = "".join(chance.choices(PIECES, k=9))
        place[name] = chance.choice([*ODD, tangle, tangle])
    facts["passages"] += chance.choices(ODD, k=chance.randint(0, 2))
    return json.dumps(facts).encode()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_mutant_is_answered(kind: str) -> None:
    read, sample = FORMATS[kind]
    chance = random.Random(f"mutants of {kind}")
    drafts, told = 0, list[Fault]()
    for number in range(MUTANTS):
        odd = kind == "json" and number % 2
        mutant = (_odd_story if odd else _mutant)(sample.encode(), chance)
        try:
            draft = read(mutant, "x")
        except Faults as error:
            told += error.faults
            continue
        drafts += 1
        assert draft_of_twee(twee_text(draft).encode(), "x").scenes
        assert scenario_yaml(draft).encode().count(b"# GAP: ") >= len(gaps(draft))
        assert all(loss.line >= 1 for loss in draft.losses)
    assert all(fault.line >= 1 and fault.what for fault in told)
    assert drafts > MUTANTS // 10
    assert told


BOMBS = (
    "[[", "]]", "[", "(", "(if:", "(if: (", "<<", "<<a", "<a ", "<", "<!--", "/*", "<%", "<script>", "{",
    "{embed image ", "''", "//a", "**a", "_a", "__a ", "`a", "[img[", "![a](", "&", "&#", "$a.", "[note]\n",
    "a: b\n", "|a>[", "::", "\n", "\\", "[[a->b]]", "[[[", "]<a|", "(link-goto: \"", "<<link \"a\" ", "a.",
    "-", "<b>", "é", "#", "!", "((", "](", "<</", "{link to: ",
    "<a data-passage=", "<a data-passage=x>", "[img[a][b", "{}",
)  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_full_of_one_piece_is_answered(bomb: str) -> None:
    """The suite's own limit of time is what a slow one meets."""
    text = ":: A\n" + bomb * (LONG // len(bomb.encode()))
    for read, raw in (
        (draft_of_twee, text.encode()),
        (draft_of_twine_html, b"<tw-storydata><tw-passagedata name=A>" + text.encode()),
    ):
        try:
            draft = read(raw, "x")
        except Faults:
            continue
        assert draft.scenes
