"""Stories for tests: drafts to compare, and strategies for Twee as authors and as rogues write it."""

from dataclasses import replace

from hypothesis import strategies as st

from bot.library.imports.draft import Draft

#: Pieces that mean something to Twee, to Twine or to a story format, whole and broken.
PIECES = (
    ":: ", "::", "\n", "\n\n", "[[", "]]", "[", "]", "->", "<-", "|", "{", "}", "(", ")", "\\", "<", ">",
    "<<", ">>", "<!--", "-->", "/*", "*/", "/%", "%/", "<%", "%>", "<script>", "</script>", "<b>", "</b>",
    "<img src=a>", "&lt;", "&amp;", "&#91;", "(if: $a > 1)", "(else:)", "(set: $b to",
    "(link-goto: \"a\", \"b\")", "<<if $a>>", "<</if>>", "<<link \"a\" \"b\">>", "{embed image: 'x'}",
    "{a}", "[if a]", "[note]", "[continued]", "a: b\n--", "$name", "_temp", "''", "//", "**", "*", "__",
    "~~", "`", "#", "!", "---", "==", "'", "\"", "StoryTitle", "StoryData", "Start", "Hall", "[script]",
    "\"position\":\"1,2\"", "\ue000", "\ue0000\ue001", "\ud7ff", "\u2028", "é", "門", "a", "b", " ", ",",
    "5", "[[a->b]]", "[[Hall]]", "[img[", "](https://x.example)", "|a>[", "]<a|",
    '<a data-passage="Hall">', "</a>", "[img[a][Hall]]", "{a\n", " [id:a]", " [id:b option:a=b]",
)  # fmt: skip
tangles = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
words = st.text(alphabet="abc é’“”.,;? 門", min_size=1, max_size=30)


@st.composite
def twee_files(draw: st.DrawFn) -> str:
    """A Twee file with a few passages whose texts and names are tangled."""
    parts = [
        draw(st.sampled_from(["", ":: StoryTitle\nA\n", ':: StoryData\n{"format": "Harlowe"}\n'])),
        draw(tangles),
    ]
    for name in draw(st.lists(words | tangles, min_size=1, max_size=5)):
        parts.append(f"\n:: {name}\n{draw(tangles)}\n[[{draw(words | tangles)}->{draw(words | tangles)}]]\n")
    return "".join(parts)


def story_of(draft: Draft) -> Draft:
    """The draft without its account: what has to be the same on every way."""
    scenes = tuple(
        replace(scene, line=0, options=tuple(replace(option, line=0) for option in scene.options))
        for scene in draft.scenes
    )
    return replace(draft, scenes=scenes, losses=(), source="")
