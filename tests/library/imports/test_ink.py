"""Compiled ink stories: played through whole, said truly, and never believed.

The stories in `ink/` stand there as their authors wrote them (`.ink`), as inkle's compiler made them (`.json`), and as
ink's own runtime played them (`.played`: the lines and choices of every turn, and the choice that was taken).
"""

import json
import random
from pathlib import Path

import pytest

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Loss, Verdict
from bot.library.imports.ink import draft_of_ink
from bot.library.imports.ink_graph import MAX_STATES
from tests.library.imports.mutants import MUTANTS, answers, broken_bytes, broken_json

pytestmark = pytest.mark.thorough

STORIES = Path(__file__).with_name("ink")


def draft(name: str) -> Draft:
    return draft_of_ink((STORIES / f"{name}.json").read_bytes(), f"{name}.json")


def of(root: str, version: int = 21) -> Draft:
    return draft_of_ink(f'{{"inkVersion":{version},"root":{root},"listDefs":{{}}}}'.encode(), "x.json")


def refusal(raw: str | bytes) -> str:
    with pytest.raises(Faults) as caught:
        draft_of_ink(raw if isinstance(raw, bytes) else raw.encode(), "x.json")
    return str(caught.value)


def found(losses: tuple[Loss, ...], verdict: Verdict) -> set[str]:
    return {loss.construct for loss in losses if loss.verdict is verdict}


@pytest.mark.parametrize("name", ["promise", "round"])
def test_a_draft_says_and_offers_what_inks_own_runtime_does(name: str) -> None:
    story = draft(name)
    scenes = {scene.id: scene for scene in story.scenes}
    for run in json.loads((STORIES / f"{name}.played").read_text()):
        scene = story.scenes[0]
        for lines, choices, *taken in run:
            assert (scene.text, [option.text for option in scene.options]) == ("\n\n".join(lines), choices)
            scene = scenes[scene.options[taken[0]].to] if taken else scene


def test_a_loop_ends_because_its_states_are_one() -> None:
    story = draft("promise")
    waits = {scene.id: option.to for scene in story.scenes for option in scene.options if option.id == "wait"}
    assert waits == {"bell": "bell-2", "bell-2": "bell-3", "bell-3": "bell-4", "bell-4": "bell-3"}


def test_the_title_tag_is_the_title_and_other_tags_stay_with_scene_and_option() -> None:
    story = draft("promise")
    assert story.title == "Promise you won't tell"
    assert (story.source, story.unit) == ("ink JSON 21", "part")
    assert story.scenes[0].tags == ("consult",)
    walk = next(option for scene in story.scenes for option in scene.options if option.id == "walk-with-him")
    assert walk.fields == {"tags": ["slow"]}


def test_every_construct_has_its_verdict() -> None:
    losses = draft("promise").losses
    assert found(losses, Verdict.REFUSED) == {"knot 'attic'"}
    assert found(losses, Verdict.APPROXIMATED) == {
        "choice with a condition at bell.0.30",
        "condition at bell.0.11.0",
        "condition at corridor.7.0",
        "cycle at bell.0.c-2.5.1",
        "ending 'talk-2'",
        "function 'raise' at bell.0.c-0.7",
        "once-only choice at bell.0.20",
        "once-only choice at bell.0.21.11",
        "once-only choice with a condition at corridor.12.9",
        "once-only choice at corridor.12.15",
        "sequence at bell.0.4.1",
        "temporary variable 'x' at raise.0",
        "thread at gate.0",
        "thread at gate.2",
        "tunnel 'walk' at corridor.1",
        "variable 'told' at global decl.4",
        "variable 'trust' at global decl.2",
        "variables",
    }
    assert list(losses) == sorted(losses)


def test_an_external_function_does_nothing_and_is_named() -> None:
    assert "external function 'chime' at start.after.0.7" in found(draft("round").losses, Verdict.REFUSED)


def test_chance_is_the_first_that_may_happen_and_counted_turns_end_somewhere() -> None:
    story = draft("chance")
    assert [scene.text for scene in story.scenes[:2]] == [
        "You wait 2 minutes, 0 turns ago, 0 in all.",
        "You walk 2 minutes, 1 turns ago, 1 in all.",
    ]
    assert len(story.scenes) == 11
    named = {construct.partition(" at ")[0] for construct in found(story.losses, Verdict.APPROXIMATED)}
    assert {"shuffle", "RANDOM", "TURNS", "TURNS_SINCE"} <= named


def test_a_story_that_counts_for_ever_is_refused() -> None:
    said = refusal((STORIES / "endless.json").read_bytes())
    assert said == (
        f"x.json:1: the story has more than {MAX_STATES} states; "
        "something is counted that never comes back to where it was. [import]"
    )


def test_a_story_that_goes_round_without_a_choice_is_refused() -> None:
    said = refusal((STORIES / "circle.json").read_bytes())
    assert said.endswith("the story goes on and on without offering a choice. [import]")


def test_a_list_is_refused_where_it_stands_and_the_rest_is_kept() -> None:
    story = draft("lists")
    assert [(scene.text, scene.options) for scene in story.scenes] == [("It is .", ())]
    assert found(story.losses, Verdict.REFUSED) == {
        "list at global decl.1",
        "variable 'mood' at global decl.2",
        "words that hang on a list at 0.3",
    }


def listed(root: str) -> str:
    return f'{{"inkVersion":21,"root":[{root}],"listDefs":{{"mood":{{"calm":1,"cross":2}}}}}}'


def test_what_hangs_on_a_list_is_told_and_the_story_goes_on() -> None:
    asked = '"ev",{"VAR?":"mood"},{"VAR?":"mood.cross"},"?","/ev"'
    story = draft_of_ink(
        listed(
            f'{asked},{{"->":"angry","c":true}},"^He waits.","\\n",'
            f'"ev","str","^Ask","/str",{{"VAR?":"mood"}},"LIST_COUNT",1,">","/ev",{{"*":"asked","flg":5}},'
            '"ev","str","^Go","/str","/ev",{"*":"gone","flg":4},"done",'
            '{"angry":["^No.","\\n","end",null],"asked":["^Yes.","\\n","end",null],"gone":["^Out.","\\n","end",null],'
            '"global decl":["ev",{"list":{},"origins":["mood"]},{"VAR=":"mood"},"/ev","end",null]}'
        ).encode(),
        "x.json",
    )
    assert story.scenes[0].text == "He waits."
    assert [option.text for option in story.scenes[0].options] == ["Ask", "Go"]
    assert [scene.text for scene in story.scenes[1:]] == ["Yes.", "Out."]
    assert {"condition that hangs on a list at 5", "list's LIST_COUNT at 13", "knot 'angry'"} <= found(
        story.losses, Verdict.REFUSED
    )
    assert "choice that hangs on a list at 17" in found(story.losses, Verdict.APPROXIMATED)


def test_a_story_that_only_a_list_could_end_is_refused_and_the_list_is_named() -> None:
    said = refusal(
        listed(
            '"ev",{"list":{"mood.calm":1}},"LIST_COUNT",2,"==","/ev",{"->":"out","c":true},{"->":"0"},'
            '{"out":["end",null]}'
        )
    )
    assert "the story goes on and on without offering a choice" in said
    assert "x.json:1: 6: this hangs on a list, which is not read. [import]" in said


def test_the_older_version_is_read_and_said_so_and_others_are_refused() -> None:
    older = of('["^Hello.","\\n","end",null]', version=20)
    assert older.losses[0] == Loss(
        1, "inkVersion 20", Verdict.APPROXIMATED, "it is read as if it were version 21."
    )
    for version in ("19", "22", "true", '"21"', "null"):
        assert "inkVersion 21 is read" in refusal(f'{{"inkVersion":{version},"root":[null]}}')


def test_a_story_without_choices_is_an_ending() -> None:
    story = of('["^Hello.","\\n","end",null]')
    assert [(scene.id, scene.text, scene.options) for scene in story.scenes] == [("start", "Hello.", ())]


def test_all_ways_that_lead_nowhere_are_named_at_once() -> None:
    said = refusal('{"inkVersion":21,"root":[{"->":"gone"},{"*":"lost.0","flg":0},"jump",null]}')
    assert said.splitlines() == [
        "x.json:1: 0: 'gone' leads nowhere. [import]",
        "x.json:1: 1: 'lost.0' leads nowhere. [import]",
        "x.json:1: 2: nothing is known of what stands here. [import]",
    ]


@pytest.mark.parametrize(
    ("root", "why"),
    [
        ('["ev",1,0,"/","out","/ev","end",null]', "'/' has no answer for these values"),
        ('["ev","out","/ev","end",null]', "a value is missing"),
        ('["ev",{"VAR?":"nobody"},"out","/ev","end",null]', "'nobody' has no value yet"),
        ('["ev",2,2000000000,"*","out","/ev","end",null]', "a number grows too large"),
        ('["~ret",null]', "'~ret' stands where nothing was called"),
        ('[{"f()":"again"},{"again":[{"f()":"again"},null]}]', "calls call each other without end"),
        ('[{"->":"0","var":true},null]', "'0' leads nowhere"),
        ('["/str",null]', "a text ends that never began"),
    ],
)
def test_what_cannot_go_on_is_refused_with_its_reason(root: str, why: str) -> None:
    assert why in refusal(f'{{"inkVersion":21,"root":{root}}}')


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff\xfe{}",
        b'{"inkVersion":21}',
        b'{"inkVersion":21,"root":5}',
        b'{"inkVersion":21,"root":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"inkVersion":21,"root":[' + b"0," * 200_000 + b"null]}",
        b'{"inkVersion":21,"root":[' + b"9" * 5_000 + b",null]}",
        b'{"inkVersion":21,"root":[NaN,null]}',
        b" " * 2_000_000,
    ],
    ids=["empty", "list", "utf-16", "rootless", "number", "deep", "wide", "digits", "nan", "long"],
)
def test_what_is_no_story_is_refused_before_it_costs_anything(raw: bytes) -> None:
    assert refusal(raw).startswith("x.json:1: ")


def test_texts_that_double_themselves_are_refused() -> None:
    doubling = ',{"VAR?":"a"},{"VAR?":"a"},"+",{"VAR=":"a","re":true}' * 40
    said = refusal(
        f'{{"inkVersion":21,"root":["ev"{doubling},"/ev",null,{{"global decl":["ev","str","^ab","/str",'
        '{"VAR=":"a"},"/ev","end",null]}]}'.replace(",null,{", ",{")
    )
    assert "a text grows without end" in said


def test_every_mutant_is_answered() -> None:
    chance = random.Random(21)
    samples = [(STORIES / f"{name}.json").read_bytes() for name in ("promise", "round", "chance")]
    mutants = (
        (broken_json if number % 4 else broken_bytes)(samples[number % 3], chance)
        for number in range(MUTANTS)
    )
    drafts, refused = answers(draft_of_ink, mutants)
    assert drafts > MUTANTS // 20
    assert refused > MUTANTS // 20
    assert drafts + refused == MUTANTS
