"""The reviewer's packet: one file, whole, loading nothing, and with the hash of what is sent."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path

import pytest

from bot.core.editions import canonical, edition_of
from bot.core.proofs.finding import Finding
from bot.core.scenario import Condition, PathRule, Scenario
from bot.library.checklist import read_checklist
from bot.library.packet import Background, Review, hashes, packet
from bot.library.reference import read_sources
from bot.library.routes import routes
from tests.core.stories import STORY, taps, with_option, with_scene
from tests.library.drawn import Page, page
from tests.shipped import several, shipped

CONTENT = Path(__file__).parents[2] / "content"
SHELF = shipped()
RULES = {"override": "Every way meets the override.", "loop": "No way leads round in a circle."}
BACKGROUND = Background(
    skills=SHELF.skills,
    nations=SHELF.help,
    sources=read_sources(CONTENT / "sources.yaml")[0] or {},
    rules=RULES,
)
REVIEWS = [
    Review(scenario=one, checklist=read_checklist(CONTENT / "scenarios" / one.id / "checklist.yaml"))
    for one in several()
]


@cache
def whole() -> str:
    """The packet of all of them; made with the first test that wants it, and not while tests are collected."""
    return packet(REVIEWS, BACKGROUND)


@cache
def whole_page() -> Page:
    """The same as it was parsed."""
    return page(whole())


of_each = pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review.scenario.id)


def _texts(value: object) -> Iterator[str]:
    """Every text that a value holds, however deep; what is told in other words has tests of its own."""
    if isinstance(value, Condition | Enum):
        return
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in {"sets", "goes"}:
                yield from _texts(getattr(value, field.name))


def _one_line(text: str) -> str:
    return " ".join(text.split())


@of_each
def test_the_hash_in_the_packet_is_the_hash_of_what_the_bot_sends(review: Review) -> None:
    """The shelf's edition is what a run is pinned to, and so what is sent."""
    sent = SHELF.editions[review.scenario.id]
    alone = page(packet([review], BACKGROUND))
    printed = "".join(
        word for word in re.findall(r"\b[0-9a-f]{8}\b", alone.text.partition("The hash of the shared")[0])
    )
    assert printed == sent
    assert f"the version with this hash: {sent} ." in alone.text.replace(f"{sent}.", f"{sent} .")
    assert hashes([review], BACKGROUND) == f"{sent}  {review.scenario.id}\n{BACKGROUND.edition}  shared texts"


def test_another_comma_gives_another_hash() -> None:
    other = with_option(STORY, "begin", "ask", because="because, of ask")
    one, two = Review(scenario=STORY), Review(scenario=other)
    assert one.edition == edition_of(canonical(STORY))
    assert one.edition != two.edition
    assert two.edition in packet([two], BACKGROUND)
    assert one.edition not in packet([two], BACKGROUND)


@of_each
def test_every_text_of_a_scenario_stands_in_its_packet(review: Review) -> None:
    read = page(packet([review], BACKGROUND)).text
    texts = list(_texts(review.scenario))
    assert len(texts) > 200
    missing = [text for text in texts if _one_line(text) not in read]
    assert missing == []


def test_the_packet_loads_nothing_from_anywhere() -> None:
    allowed = {"a": "#", "html": "", "meta": ""}
    for tag, attributes in whole_page().elements:
        assert tag not in {
            "script",
            "link",
            "iframe",
            "object",
            "embed",
            "img",
            "base",
            "form",
            "use",
            "image",
        }
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in {
                "href",
                "src",
                "srcset",
                "action",
                "data",
                "xlink:href",
                "poster",
                "background",
                "style",
            }:
                assert allowed.get(tag), (tag, name)
                assert (value or "").startswith("#"), value
            if "url(" in (value or ""):
                assert re.fullmatch(r"url\(#[a-z0-9-]+\)", value or ""), value
    assert whole_page().styles == ""
    addresses = set(re.findall(r"https?://[^\s\"'<)]*", whole()))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, not an address


def test_a_browser_would_not_load_anything_either() -> None:
    policy = next(a for tag, a in whole_page().elements if tag == "meta" and a.get("http-equiv"))
    assert policy["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )


def test_every_link_leads_to_something_in_the_page_and_no_id_stands_twice() -> None:
    ids = [attributes["id"] for _, attributes in whole_page().elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [str(a["href"]).removeprefix("#") for tag, a in whole_page().elements if tag == "a"]
    named += [id for _, a in whole_page().elements for id in str(a.get("aria-labelledby") or "").split()]
    assert len(named) >= 3 * len(REVIEWS)
    assert set(named) <= set(ids)


@of_each
def test_every_way_stands_in_the_packet_with_its_ratings(review: Review) -> None:
    alone = packet([review], BACKGROUND)
    signs = {"stronger": "+", "workable": "o", "weaker": "−"}
    rows = re.findall(r"<tr><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td><td>(\d+)</td></tr>", alone)
    found = routes(review.scenario).found
    assert sorted(rows) == sorted(
        (
            " ".join(route.taps),
            "".join(signs[rating] for rating in route.protects),
            "".join(signs[rating] for rating in route.voice),
            str(route.words),
        )
        for route in found
    )
    words = [route.words for route in found]
    assert f"{min(words):,} words or" in alone
    assert f"{max(words):,} words or" in alone


@of_each
def test_the_checklist_stands_there_item_by_item_with_boxes_to_tick_and_lines_to_sign(review: Review) -> None:
    alone = page(packet([review], BACKGROUND))
    assert review.checklist is not None
    for item in review.checklist.items:
        assert _one_line(item.asks) in alone.text
        assert _one_line(item.note or "") in alone.text
        assert _one_line(item.changed or "") in alone.text
    boxes = [a.get("type") for tag, a in alone.elements if tag == "input"]
    assert boxes.count("checkbox") == 3 * 33
    assert boxes.count("text") == 2 * 3 + 1
    assert all(a.get("aria-label") for tag, a in alone.elements if tag == "input")
    assert [a["value"] for tag, a in alone.elements if tag == "input" and a.get("type") == "text"] == [""] * 7
    assert "They are no safeguarding lead’s review" in alone.text


def test_rules_that_hold_and_rules_that_are_broken_are_told_apart() -> None:
    finding = Finding("loop", "it goes round.", taps=taps("begin/promise", "pause/form"))
    odd = replace(STORY, rules=(PathRule("consult"), PathRule("alone", "danger")))
    read = page(packet([Review(scenario=odd, findings=[finding])], BACKGROUND)).text
    assert "1 finding. This scenario cannot be published as it stands." in read
    assert "override Every way meets the override. holds" in read
    assert (
        "loop No way leads round in a circle. it goes round. Shown by: begin/promise → pause/form."
    ) in read
    assert "Every way to an ending meets “consult”." in read
    assert "“alone” is never met after “danger”." in read
    assert "There is no checklist beside this scenario yet." in read


def test_what_only_a_person_can_judge_is_asked() -> None:
    read = page(packet([Review(scenario=STORY, prompts=["Is this a place that exists?"])], BACKGROUND)).text
    assert "For a person to judge No program can decide these. Is this a place that exists?" in read


def test_conditions_effects_and_tags_are_told_in_words() -> None:
    odd = with_scene(with_option(STORY, "begin", "limits", tags=("consult",)), "after", tags=("calm",))
    read = page(packet([Review(scenario=odd)], BACKGROUND)).text
    assert "Offered only if told is no." in read
    assert "Only if told is yes: They know." in read
    assert "Remembers told becomes yes, trust goes up by 1 Tags consult Leads to “listen title”" in read
    assert "Tags: calm" in read
    assert "Remembered told: yes or no, beginning with no; trust: 0 to 3, beginning with 1." in read


def test_a_text_is_never_read_as_markup() -> None:
    odd: Scenario = with_scene(STORY, "begin", text="<script>alert(1)</script> & “so”")
    parsed = page(packet([Review(scenario=odd)], BACKGROUND))
    assert "<script>alert(1)</script> & “so”" in parsed.text
    assert "script" not in [tag for tag, _ in parsed.elements]


def test_the_same_content_gives_the_same_packet() -> None:
    assert packet(REVIEWS, BACKGROUND) == whole()
