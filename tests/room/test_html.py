"""Telegram's HTML: what becomes of it, and what it refuses."""

from typing import Any

import pytest

from bot.room import Phone
from bot.room.entities import Formatted, as_html, runs
from bot.room.links import checked_link

from .raw import RawBot

Json = dict[str, Any]


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length} | more


GOOD: dict[str, tuple[str, str, list[Json]]] = {
    "every plain tag": (
        "<b>a</b><strong>b</strong><i>c</i><em>d</em><u>e</u><ins>f</ins><s>g</s><strike>h</strike><del>i</del>",
        "abcdefghi",
        [
            entity("bold", 0, 1),
            entity("bold", 1, 1),
            entity("italic", 2, 1),
            entity("italic", 3, 1),
            entity("underline", 4, 1),
            entity("underline", 5, 1),
            entity("strikethrough", 6, 1),
            entity("strikethrough", 7, 1),
            entity("strikethrough", 8, 1),
        ],
    ),
    "both spoilers": (
        '<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>',
        "a b",
        [entity("spoiler", 0, 1), entity("spoiler", 2, 1)],
    ),
    "nesting, the outer first": (
        "<u>a <b>b <i>c</i></b></u>",
        "a b c",
        [entity("underline", 0, 5), entity("bold", 2, 3), entity("italic", 4, 1)],
    ),
    "offsets in UTF-16": ("🙂<b>🙂x</b>", "🙂🙂x", [entity("bold", 2, 3)]),
    "the four names and numbers": ("&lt;&gt;&amp;&quot;&#228;&#xe4;&nbsp;", '<>&"ää&nbsp;', []),
    "an ampersand of its own": ("salt & pepper &; &#; &#0;", "salt & pepper &; &#; &#0;", []),
    "a reference without its semicolon": ("1 &lt 2", "1 < 2", []),
    "links": (
        '<a href="https://example.org/?a=1&amp;b=2">x</a> <a href="example.org">y</a>',
        "x y",
        [
            entity("text_link", 0, 1, url="https://example.org/?a=1&b=2"),
            entity("text_link", 2, 1, url="http://example.org/"),
        ],
    ),
    "a link that is none keeps its words": ('<a href="nowhere">x</a>', "x", []),
    "code with a language": (
        '<pre><code class="language-python">x = 1</code></pre> <code>y</code>',
        "x = 1 y",
        [entity("pre", 0, 5, language="python"), entity("code", 6, 1)],
    ),
    "nothing within code": ("<code>a <b>b</b></code>", "a b", [entity("code", 0, 3)]),
    "quotations": (
        "<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
        "ab",
        [entity("blockquote", 0, 1), entity("expandable_blockquote", 1, 1)],
    ),
    "upper case and an end without a name": (
        "<B>a</B><i>b</>",
        "ab",
        [entity("bold", 0, 1), entity("italic", 1, 1)],
    ),
    "blanks at both ends": ("\n <b>a</b> \n", "a", [entity("bold", 0, 1)]),
    "blanks within the last entity": ("<b>a </b> ", "a", [entity("bold", 0, 1)]),
    "an empty tag": ("a<b></b>", "a", []),
    "commands": ("say /help", "say /help", [entity("bot_command", 4, 5)]),
    "no command within code": ("say <code>/help</code>", "say /help", [entity("code", 4, 5)]),
}

BAD = {
    "5 < 6": 'Unsupported start tag "" at byte offset 2',
    "a<br>b": 'Unsupported start tag "br" at byte offset 1',
    "ä<p>b</p>": 'Unsupported start tag "p" at byte offset 2',
    "<b>a": 'Can\'t find end tag corresponding to start tag "b"',
    "<b><i>a</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "a</b>": "Unexpected end tag at byte offset 1",
    "<b>a</b": "Unclosed end tag at byte offset 4",
    "a <b": "Unclosed start tag at byte offset 2",
    '<a href="x>y</a>': "Unclosed start tag at byte offset 0",
    "<a href= ": 'Unclosed start tag "a" at byte offset 0',
    "<a ='x'>y</a>": 'Empty attribute name in the tag "a" at byte offset 0',
    "<a href=x_y>z</a>": "Unexpected end of name token at byte offset 8",
    "<span>a</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "&#xd83d;": "Text contains invalid Unicode characters after decoding HTML entities,"
    " check for unmatched surrogate code units",
}


@pytest.mark.parametrize(("source", "text", "entities"), GOOD.values(), ids=GOOD.keys())
async def test_markup_becomes_entities(
    bot: RawBot, phone: Phone, source: str, text: str, entities: list[Json]
) -> None:
    sent = await bot.ask("sendMessage", chat_id=phone.id, text=source, parse_mode="HTML")
    assert (sent["text"], sent.get("entities", [])) == (text, entities)


@pytest.mark.parametrize(("source", "words"), BAD.items(), ids=BAD.keys())
async def test_markup_is_refused(bot: RawBot, phone: Phone, source: str, words: str) -> None:
    said = await bot.refused("sendMessage", chat_id=phone.id, text=source, parse_mode="html")
    assert said == f"400 Bad Request: can't parse entities: {words}"


async def test_length_is_counted_after_parsing(bot: RawBot, phone: Phone) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    sent = await bot.ask("sendMessage", chat_id=phone.id, text=text, parse_mode="HTML")
    assert sent["text"] == "<" * 4096


async def test_without_a_mode_markup_is_text(bot: RawBot, phone: Phone) -> None:
    assert (await bot.ask("sendMessage", chat_id=phone.id, text="<b>5 < 6"))["text"] == "<b>5 < 6"


async def test_a_phone_shows_the_same_markup_again(bot: RawBot, phone: Phone) -> None:
    source = (
        'a <b>b <i>c</i></b> &amp; <a href="https://example.org/">d</a> <blockquote expandable>e</blockquote>'
    )
    await bot.ask("sendMessage", chat_id=phone.id, text=source, parse_mode="HTML")
    assert phone.screen.html == source


def test_runs_are_pieces_of_one_style() -> None:
    bold, link = entity("bold", 0, 5), entity("text_link", 3, 3, url="https://example.org/")
    styled = runs(Formatted("🙂 bcd", (bold, link)))
    assert [(run["text"], run["bold"], run["link"]) for run in styled] == [
        ("🙂 ", True, None),
        ("bc", True, "https://example.org/"),
        ("d", False, "https://example.org/"),
    ]


def test_nothing_is_no_run() -> None:
    assert runs(Formatted("")) == []
    assert as_html(Formatted("<")) == "&lt;"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://example.org/A?b#c", "https://example.org/A?b#c"),
        ("https://example.org?a", "https://example.org/?a"),
        ("t.me/a_bot?start=x", "http://t.me/a_bot?start=x"),
        ("tg://user?id=1", "tg://user?id=1"),
        ("tel:116000", "tel:116000"),
        ("nowhere", ""),
        ("two words.org", ""),
        ("https://", ""),
        ("ftp://example.org", ""),
    ],
)
def test_a_link_is_kept_or_dropped(url: str, kept: str) -> None:
    assert checked_link(url) == kept
