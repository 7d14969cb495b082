"""Twine 2's JSON and HTML come in as the same draft that Twee would give."""

import html
import json

import pytest

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Verdict
from bot.library.imports.twee import twee_draft
from bot.library.imports.twine_html import MAX_STORY, draft_of_twine_html, twine_html_draft
from bot.library.imports.twine_json import draft_of_twine_json, twine_json_draft

IFID = "D674C58C-DEFA-4F70-B7A2-27742230C0FC"
TWEE = f""":: StoryTitle
The gate

:: StoryData
{{"ifid": "{IFID}", "format": "Harlowe", "start": "At the gate", "zoom": 1, "tag-colors": {{"consult": "red"}}}}

:: Hall [consult] {{"position": "600,400"}}
“Well?” & so on.

:: At the gate
Words & more.

[[Go in->Hall]]
[[Wait<-Wait for her]]
"""
PASSAGES: list[dict[str, object]] = [
    {
        "name": "Hall",
        "tags": ["consult"],
        "metadata": {"position": "600,400"},
        "text": "“Well?” & so on.",
    },
    {"name": "At the gate", "tags": [], "text": "Words & more.\n\n[[Go in->Hall]]\n[[Wait<-Wait for her]]"},
]


def _json(**changes: object) -> str:
    facts = {
        "name": "The gate",
        "ifid": IFID,
        "format": "Harlowe",
        "start": "At the gate",
        "zoom": 1,
        "tag-colors": {"consult": "red"},
        "script": "alert()",
        "passages": PASSAGES,
    }
    return json.dumps(facts | changes, indent=2)


def _html() -> str:
    first, second = (html.escape(str(passage["text"])) for passage in PASSAGES)
    return f"""<!doctype html><html><script>"tw-storydata"</script>
<tw-storydata name="The gate" startnode="2" ifid="{IFID}" format="Harlowe" zoom="1" hidden>
<style id="twine-user-stylesheet" type="text/twine-css">b {{}}</style>
<script id="twine-user-script" type="text/twine-javascript">alert("<tw-passagedata>")</script>
<tw-tag name="consult" color="red"></tw-tag>
<tw-passagedata pid="1" name="Hall" tags="consult" position="600,400">{first}</tw-passagedata>
<tw-passagedata pid="2" name="At the gate" tags="">{second}</tw-passagedata>
</tw-storydata></html>
"""


JSON = _json()
HTML = _html()


def _story(draft: Draft) -> object:
    scenes = [
        (
            scene.id,
            scene.title,
            scene.text,
            scene.tags,
            scene.place,
            [(option.id, option.text, option.to) for option in scene.options],
        )
        for scene in draft.scenes
    ]
    return draft.title, scenes, draft.own


def _refused(draft: Draft) -> list[tuple[int, str]]:
    return [(loss.line, loss.construct) for loss in draft.losses if loss.verdict is Verdict.REFUSED]


def test_the_three_formats_give_the_same_draft() -> None:
    from_twee = _story(twee_draft(TWEE, "x.twee"))
    assert _story(twine_json_draft(_json(), "x.json")) == from_twee
    assert _story(twine_html_draft(_html(), "x.html")) == from_twee


def test_lines_are_those_of_the_json_file() -> None:
    draft = twine_json_draft(_json(), "x.json")
    lines = _json().splitlines()
    at_the_gate, hall = (scene.line for scene in draft.scenes)
    assert [lines[line].strip() for line in (at_the_gate, hall)] == [
        '"name": "At the gate",',
        '"name": "Hall",',
    ]
    assert _refused(draft) == [(1, "story's script"), (at_the_gate, "broken link")]


def test_lines_are_those_of_the_html_file_and_nothing_is_run() -> None:
    assert _refused(twine_html_draft(_html(), "x.html")) == [
        (3, "story's style"),
        (4, "story's script"),
        (10, "broken link"),
    ]


def test_a_start_is_told_when_it_is_missing() -> None:
    draft = twine_json_draft(_json(start="Nowhere"), "x.json")
    assert [scene.title for scene in draft.scenes] == ["Hall", "At the gate"]
    assert "start" in [loss.construct for loss in draft.losses if loss.verdict is Verdict.APPROXIMATED]


def test_of_an_archive_only_the_first_story_is_read() -> None:
    draft = twine_html_draft(_html() + _html(), "x.html")
    assert len(draft.scenes) == 2
    assert "further story" in [construct for _, construct in _refused(draft)]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
        (b'{"passages": [], "zoom": NaN}', "not JSON"),
        (b'{"passages": [], "zoom": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[]", "no list 'passages'"),
        (b'{"passages": {}}', "no list 'passages'"),
        (b'{"passages": []}', "no passage that a reader could see"),
        (b'{"passages": [1, {"name": 2}, {"text": "a"}]}', "no passage that a reader could see"),
        (b'{"passages": [' + b"1," * 1001 + b"1]}", "more than 1000 passages"),
        (b" " * (1024 * 1024 + 1), "too long"),
        (b"\xff", "not UTF-8"),
        (json.dumps({"passages": [{"name": "A", "text": "a" * 300_000}]}).encode(), "more than 256 KB"),
    ],
)
def test_json_that_is_no_story_is_answered(raw: bytes, what: str) -> None:
    with pytest.raises(Faults, match=what):
        draft_of_twine_json(raw, "x.json")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "no <tw-storydata>"),
        (b"<html></html>", "no <tw-storydata>"),
        (b"<tw-storydata>", "no passage that a reader could see"),
        (b"<tw-storydata " + b"a" * MAX_STORY, "longer than 1024 KB"),
        (b"<tw-storydata><tw-passagedata name=A>" + b"a" * 300_000, "more than 256 KB"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_html_that_is_no_story_is_answered(raw: bytes, what: str) -> None:
    with pytest.raises(Faults, match=what):
        draft_of_twine_html(raw, "x.html")


def test_signs_that_nobody_sees_are_left_out() -> None:
    passages = [{"name": "A\ud800\u202e", "tags": ["a b"], "text": "x\u0000\ue0000\ue001\udfff y\u2028z"}]
    (scene,) = twine_json_draft(_json(passages=passages, start="A"), "x.json").scenes
    assert (scene.title, scene.tags, scene.text) == ("A", ("a-b",), "x0 y\n\nz")
