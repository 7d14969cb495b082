"""Defects of every kind, seeded where hardly anybody comes: each is found, shown by the fewest taps, and nothing else.

The measure is `truth`, which plays every situation out by itself; the proofs must say what it says, and no more. A
failure names kind, original and seed: with these the kind draws the very same mutant again.
"""

from collections import Counter
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest

from bot.core.proofs.balance import balance_findings
from bot.core.proofs.prove import prove
from bot.core.proofs.rules import RULES
from bot.library.walks import walk_faults
from tests.mutation.drawing import (
    OF_OTHERS,
    OF_PLAYED,
    PLAYED,
    SHELVED,
    WALKED,
    WRITTEN,
    edited,
    played,
    shelved,
    walked,
)
from tests.mutation.kinds_rules import crowded, sizes
from tests.mutation.kinds_shelf import ShelfKind
from tests.mutation.kinds_walks import NAME, WalkKind, sound_walk
from tests.mutation.replaying import replays
from tests.mutation.seeding import Kind
from tests.mutation.sound import originals
from tests.mutation.texts import TextKind, checked, says, texts
from tests.mutation.truth import MOST_COMBINATIONS, as_told, truth
from tests.mutation.written import expressible, line_of, written

pytestmark = pytest.mark.thorough


def test_no_sound_scenario_is_blamed() -> None:
    assert len(originals()) >= 25
    for original in originals():
        assert (truth(original.scenario), prove(original.scenario)) == (Counter(), []), original.name


def test_no_sound_file_is_blamed() -> None:
    assert {text.name: checked(text.text, text.known) for text in texts()} == {
        text.name: [] for text in texts()
    }


def test_as_many_combinations_as_there_may_be_are_not_too_many() -> None:
    full = [crowded(one.scenario, Random(one.name), over=False) for one in originals()[::5]]
    assert MOST_COMBINATIONS in map(sizes, full)
    assert [story.id for story in full if prove(story)] == []


def test_changes_that_break_nothing_raise_no_alarm() -> None:
    """Slips of the pen after which every rule is still kept."""
    slips = [kind for kind in PLAYED if not kind.rule]
    harmless = 0
    for seed, kind in islice(
        ((seed, kind) for seed in count() for kind in slips), 4 * OF_PLAYED * len(slips)
    ):
        original = originals()[seed % len(originals())]
        story = kind.draw(original, Random(f"harmless/{kind.name}/{seed}"))
        if story is not None and not truth(story):
            harmless += 1
            assert prove(story) == [], f"kind '{kind.name}', original '{original.name}', seed {seed}"
    assert harmless >= OF_PLAYED * len(slips)


@pytest.mark.parametrize("kind", PLAYED, ids=lambda kind: kind.name)
def test_a_defect_of_this_kind_is_found_and_shown_by_the_fewest_taps(kind: Kind) -> None:
    """What is found is exactly what is wrong: each rule, its place, and how many taps show it; the taps replay it."""
    failures = []
    for mutant in played(kind):
        findings = prove(mutant.made.scenario)
        found, wrong = Counter(map(as_told, findings)), Counter(mutant.made.wrong)
        if found != wrong:
            failures.append(f"{mutant}: missed {[*(wrong - found)]}, told instead {[*(found - wrong)]}")
        assert mutant.made.rule in {told.rule for told in wrong}
        failures += [
            f"{mutant}: its taps do not show it: {finding.scene}: {finding} [{finding.rule}]"
            for finding in findings
            if not replays(mutant.made.scenario, finding)
        ]
    assert failures == []


@pytest.mark.parametrize("kind", PLAYED, ids=lambda kind: kind.name)
def test_a_defect_of_this_kind_is_told_at_its_line(kind: Kind) -> None:
    """Written down as a file, the same mutants have a fault at the scene, option or ending that each finding names."""
    known = texts()[0].known
    small = [mutant for mutant in played(kind) if mutant.original.name.startswith("drawn")]
    for mutant in [one for one in small if expressible(one.made.scenario)][: OF_PLAYED // 6]:
        text = written(mutant.made.scenario)
        told = Counter((fault.rule, fault.line) for fault in checked(text, known))
        findings = prove(mutant.made.scenario)
        lines = Counter((one.rule, line_of(text, one.scene, one.option)) for one in findings)
        assert set(told) == set(lines), str(mutant)


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_a_fault_of_this_kind_in_a_file_is_told_at_its_line(kind: TextKind) -> None:
    failures = []
    for mutant in edited(kind):
        faults = checked(mutant.made.text, mutant.original.known)
        told = [fault for fault in faults if says(fault, mutant.made.expected)]
        if len(told) != 1 or (kind.alone and faults != told):
            failures.append(f"{mutant}: wanted {mutant.made.expected}, told {[*map(str, faults)]}")
    assert failures == []


@pytest.mark.parametrize("kind", WALKED, ids=lambda kind: kind.name)
def test_a_walk_of_this_kind_is_told_at_its_line(kind: WalkKind, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.yaml"
    failures = []
    for mutant in walked(kind):
        path.write_text(mutant.made.text)
        faults = walk_faults(mutant.made.scenario, path)
        if not any(one.line == mutant.made.line and mutant.made.words in one.what for one in faults):
            wanted = f"{mutant.made.line}: {mutant.made.words}"
            failures.append(f"{mutant}: wanted {wanted!r}, told {[*map(str, faults)]}")
    assert failures == []


def test_a_walk_that_plays_is_not_blamed(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.yaml"
    for original in originals():
        path.write_text(sound_walk(original, Random(original.name)))
        assert walk_faults(original.scenario, path) == [], original.name


@pytest.mark.parametrize("kind", SHELVED, ids=lambda kind: kind.name)
def test_a_habit_of_the_shelf_is_told_as_soon_as_it_betrays(kind: ShelfKind) -> None:
    for mutant in shelved(kind):
        found = [finding for finding in balance_findings(mutant.made.broken) if finding.rule == kind.rule]
        assert len(found) == 1, str(mutant)
        assert mutant.made.words in found[0].what, str(mutant)
        assert kind.rule not in {finding.rule for finding in balance_findings(mutant.made.kept)}, str(mutant)


def test_every_kind_is_seeded_often_enough() -> None:
    counts = {kind.name: len(played(kind)) for kind in PLAYED}
    counts |= {kind.name: len(edited(kind)) for kind in WRITTEN}
    counts |= {kind.name: len(walked(kind)) for kind in WALKED}
    counts |= {kind.name: len(shelved(kind)) for kind in SHELVED}
    assert len(counts) == len([*PLAYED, *WRITTEN, *WALKED, *SHELVED]) >= 28
    assert {name: number for name, number in counts.items() if number < 8} == {}
    assert sum(counts.values()) >= 500 * OF_OTHERS // 8


def test_every_rule_about_stories_has_a_kind_that_breaks_it() -> None:
    assert set(RULES) <= {kind.rule for kind in (*PLAYED, *SHELVED)}


def test_most_defects_lie_behind_two_decisions_or_more() -> None:
    """They are not in plain view: nothing of the kind is met on the first two screens."""
    mutants = [mutant.made for kind in PLAYED for mutant in played(kind)]
    shown = [min(told.taps for told in one.wrong if told.rule == one.rule) for one in mutants]
    needing_taps = [taps for taps in shown if taps]
    assert len([taps for taps in needing_taps if taps >= 2]) > len(needing_taps) // 2
