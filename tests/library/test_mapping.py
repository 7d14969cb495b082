"""The map of a scenario: whole, readable, the same every time, and drawn even of what is not sound."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import SceneId
from bot.core.scenario import Rating, Scenario, Way
from bot.library.conditions import effects_in_words, in_words
from bot.library.layout import Link, arranged
from bot.library.mapping import described, svg
from tests.core.stories import (
    STORY,
    ending,
    moves,
    option,
    scene,
    sets,
    when,
    with_option,
    with_scene,
)
from tests.library.drawn import SVG, overlapping, rects, twenty, words_of
from tests.shipped import several
from tests.thorough import examples

SHIPPED = several()
of_each = pytest.mark.parametrize("scenario", [*SHIPPED, STORY, twenty()], ids=lambda scenario: scenario.id)


@of_each
def test_every_scene_option_and_ending_is_drawn_once(scenario: Scenario) -> None:
    drawn = svg(scenario)
    options = sum(len(scene.options) for scene in scenario.scenes)
    assert len(rects(drawn, "box", "override")) == len(scenario.scenes)
    assert len(rects(drawn, "ending")) == len(scenario.endings)
    assert len(rects(drawn, "chip")) == options
    texts = words_of(drawn)
    for number, part in enumerate(scenario.scenes, 1):
        assert texts.count(f"{number} · {part.title}") == 1
    for last in scenario.endings:
        assert texts.count(last.title) == 1


@of_each
def test_nothing_covers_anything_else_and_all_of_it_is_inside(scenario: Scenario) -> None:
    drawn = svg(scenario)
    boxes = rects(drawn, "box", "override", "ending")
    assert overlapping(boxes) == []
    assert overlapping(rects(drawn, "chip")) == []
    root = ElementTree.fromstring(drawn)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert all(box.left > 0 and box.right < width and box.top > 0 and box.bottom < height for box in boxes)


@of_each
def test_the_same_scenario_is_always_drawn_alike(scenario: Scenario) -> None:
    assert svg(scenario) == svg(replace(scenario))


@of_each
def test_a_map_loads_nothing_and_runs_nothing(scenario: Scenario) -> None:
    drawn = svg(scenario)
    for element in ElementTree.fromstring(drawn).iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text", "tspan",
        }  # fmt: skip
        assert not [name for name in element.attrib if "href" in name or name.startswith("on")]
    assert set(re.findall(r"url\(([^)]*)\)", drawn)) <= {f"#map-{scenario.id}-head"}
    assert re.findall(r"@import|https?://(?!www\.w3\.org/2000/svg)", drawn) == []


def test_those_who_cannot_see_the_map_are_told_all_of_it() -> None:
    root = ElementTree.fromstring(svg(STORY))
    title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert words is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert title.text == "Map of “A story”"
    assert words.text == " ".join(described(STORY))
    two_ways = "“good title” if trust is 2 or more; otherwise “fair title”"
    assert list(described(STORY))[:2] + list(described(STORY))[-9:-3] == [
        "Scene 1: begin title.",
        "A (limits): protects stronger, voice stronger. It leads to “listen title”.",
        "B (act): protects stronger, voice weaker. It leads to “after title”.",
        "C (quiet): protects weaker, voice stronger, keeps quiet. It leads to “after title”.",
        "Scene 5: after title.",
        f"A (stay): protects stronger, voice stronger. It leads to {two_ways}.",
        "B (card): protects workable, voice workable. It leads to “fair title”.",
        "C (go): protects weaker, voice workable. It leads to “poor title”.",
    ]


def test_both_ratings_and_the_override_are_marked_by_more_than_colour() -> None:
    texts = words_of(svg(STORY))
    assert texts.count("! OVERRIDE") == 1
    assert texts.count("quiet") == 1
    at = texts.index("4 · danger title")
    assert texts[at + 1 : at + 11] == [
        *("A", "P ●●●", "V ●●●"),
        *("B", "P ●●●", "V ●○○"),
        *("C", "quiet", "P ●○○", "V ●●●"),
    ]


def test_ways_that_depend_on_an_earlier_choice_are_dashed_and_no_others() -> None:
    root = ElementTree.fromstring(svg(STORY))
    dashed = {
        path.findtext(f"{SVG}title")
        for path in root.iter(f"{SVG}path")
        if path.get("class") == "line depends" and path.find(f"{SVG}title") is not None
    }
    assert dashed == {"C to “danger title”", "A to “good title”", "A to “fair title”"}
    assert [rect.kind for rect in rects(svg(STORY), "depends")] == ["chip depends"]


def test_a_title_is_never_read_as_markup() -> None:
    odd = with_scene(STORY, "begin", title="<b>& “so”</b>")
    assert "1 · <b>& “so”</b>" in words_of(svg(odd))


def test_circles_and_what_no_way_leads_to_are_drawn_too() -> None:
    lost = scene("lost", option("to-pause", Rating.STRONGER, Rating.STRONGER, "pause"))
    odd = with_option(STORY, "pause", "form", goes=(Way(SceneId("begin")),))
    odd = with_option(odd, "listen", "guess", goes=(Way(SceneId("listen")),))
    odd = replace(odd, scenes=(*odd.scenes, lost), endings=(*odd.endings, ending("never")))
    drawn = svg(odd)
    assert overlapping(rects(drawn, "box", "override", "ending")) == []
    assert words_of(drawn).count("! no way leads here") == 2
    assert "C back to “begin title”" in drawn
    assert "C back to “listen title”" in drawn


ids = st.integers(0, 9).map("n{}".format)


@settings(max_examples=examples(ordinary=60, thorough=200), deadline=None)
@given(st.lists(st.tuples(ids, ids), max_size=30), st.sets(ids, min_size=1))
def test_any_graph_is_laid_out_in_rows_without_overlap(ways: list[tuple[str, str]], nodes: set[str]) -> None:
    links = [Link(one, other, 5.0) for one, other in dict.fromkeys(ways) if {one, other} <= nodes]
    widths = {node: 20.0 + 10 * at for at, node in enumerate(sorted(nodes))}
    layout = arranged(widths, links, last=(), gap=10)
    rows = {node: layout.row(node) for node in widths}
    for link in links:
        assert (link in layout.backward) != (rows[link.source] < rows[link.target])
    wide = {node: widths.get(node, 14.0) for row in layout.rows for node in row}
    for row in layout.rows:
        for one, other in pairwise(row):
            assert layout.x[other] - layout.x[one] >= (wide[one] + wide[other]) / 2 + 10 - 1e-6
    assert min(layout.x[node] - wide[node] / 2 for node in wide) == pytest.approx(0)
    assert max(layout.x[node] + wide[node] / 2 for node in wide) == pytest.approx(layout.width)


def test_lines_that_need_not_cross_do_not() -> None:
    """Four above and four below, each linked to one, given in an order that would cross six times."""
    above, below = ["a", "b", "c", "d"], ["w", "x", "y", "z"]
    widths = dict.fromkeys(["top", *above, *below], 20.0)
    links = [Link("top", node) for node in above]
    links += [Link(one, other) for one, other in zip(above, reversed(below), strict=True)]
    rows = arranged(widths, links, last=(), gap=10).rows
    partner = dict(zip(above, reversed(below), strict=True))
    assert [partner[node] for node in rows[1]] == rows[2]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2, 3, "trust is 2 or more"),
        (0, 1, "trust is 1 or less"),
        (1, 2, "trust is 1 to 2"),
        (2, 2, "trust is 2"),
    ],
)
def test_a_condition_reads_as_somebody_would_say_it(low: int, high: int, words: str) -> None:
    assert (
        in_words((*when("told", 1, 1), *when("trust", low, high)), STORY.variables)
        == f"told is yes and {words}"
    )


def test_an_effect_reads_as_somebody_would_say_it() -> None:
    effects = (sets("told", 0), moves("trust", 1), moves("trust", -2), sets("trust", 3))
    words = "told becomes no, trust goes up by 1, trust goes down by 2, trust becomes 3"
    assert effects_in_words(effects, STORY.variables) == words
