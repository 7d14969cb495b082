"""Twee comes in: what is kept, what is approximated, what is refused, line by line."""

import pytest

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Loss, Verdict
from bot.library.imports.report import loss_lines, loss_records, loss_sum
from bot.library.imports.twee import MAX_BYTES, draft_of_twee, twee_draft

DATA = ':: StoryTitle\nThe gate\n\n:: StoryData\n{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC"}\n\n'


def _draft(passages: str) -> Draft:
    return twee_draft(DATA + passages, "gate.twee")


def _losses(passages: str, *verdicts: Verdict) -> list[tuple[int, str]]:
    """What is lost, by line of `passages` and construct."""
    wanted = verdicts or (Verdict.APPROXIMATED, Verdict.REFUSED)
    above = DATA.count("\n")
    return [(loss.line - above, loss.construct) for loss in _draft(passages).losses if loss.verdict in wanted]


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("[[Hall]]", "Hall"),
        ("[[Go in->Hall]]", "Go in"),
        ("[[Hall<-Go in]]", "Go in"),
        ("[[Go in|Hall]]", "Go in"),
        ("[[ Go  in -> Hall ]]", "Go in"),
        ("[[a->b->Hall]]", "a→b"),
        ("* [[Go in->Hall]]", "Go in"),
        ("[[Go in->Hall][$seen to true]]", "Go in"),
        ('(link-goto: "Go in", "Hall")', "Go in"),
        ('(link: "Go in")[(go-to: "Hall")]', "Go in"),
        ('<<link "Go in" "Hall">><</link>>', "Go in"),
        ('<<button "Go in">><<goto "Hall">><</button>>', "Go in"),
        ("{link to: 'Hall', label: 'Go in'}", "Go in"),
        ('<a data-passage="Hall">Go in</a>', "Go in"),
        ('<a href="javascript:void(0)" data-passage="Hall"><b>Go</b> in</a>', "Go in"),
        ("<button class=x data-passage=Hall data-setter='$a to 1'>Go in</button>", "Go in"),
        ('<A DATA-PASSAGE="Hall"></A>', "Hall"),
        ('<img src="a.png" alt="Go in" data-passage="Hall">', "Go in"),
        ('<a data-cb-go="Hall">Go\nin</a>', "Go in"),
        ('<tw-link passage-name="Hall">Go in</tw-link>', "Go in"),
        ("[img[Go in|a.png][Hall]]", "Go in"),
        ("[img[a.png][Go in->Hall][$a to 1]]", "Hall"),
    ],
)
def test_every_form_of_a_link_becomes_an_option(link: str, text: str) -> None:
    draft = _draft(f":: Start\nWords.\n\n{link}\n\n:: Hall\nThe end.\n")
    start, hall = draft.scenes
    assert [(option.text, option.to, option.line) for option in start.options] == [(text, hall.id, 10)]
    assert (start.text, hall.text, hall.options) == ("Words.", "The end.", ())


def test_a_link_written_as_html_is_told_and_none_of_its_ways_is_lost() -> None:
    passages = (
        ":: Start\n<a data-passage='Hall &amp; co'>In</a> <a data-passage='Cellar'>Down</a>\n"
        '<a @data-passage="$next">On</a> <a data-passage>Still</a>\n\n:: Hall & co\nEnd.\n'
    )
    start, hall = _draft(passages).scenes
    assert [option.text for option in start.options] == ["In", "Down", "On"]
    assert start.options[0].to == hall.id
    losses = _losses(passages)
    assert losses.count((2, "HTML <a> link")) == 2
    assert (3, "HTML <a> link") in losses
    assert [loss for loss in losses if loss[1] == "broken link"] == [(2, "broken link"), (3, "broken link")]


def test_braces_that_collapse_lines_are_markup_in_harlowe_only() -> None:
    braces = "{One\n(set: $a to 1)\ntwo {three}} and }"
    harlowe = DATA.replace('{"ifid"', '{"format": "Harlowe", "ifid"') + f":: Start\n{braces}\n"
    draft = twee_draft(harlowe, "x.twee")
    assert draft.scenes[0].text == "One\n\ntwo three and }"
    found = [(loss.line - 6, loss.what) for loss in draft.losses if loss.construct == "Harlowe {…}"]
    assert found == [
        (2, "{One two {three}} loses its braces; its lines stay apart."),
        (4, "{three} loses its braces; its lines stay apart."),
    ]
    assert _draft(":: Start\nA { set } of braces.\n").scenes[0].text == "A { set } of braces."


def test_headers_give_names_tags_and_places() -> None:
    draft = _draft(':: A \\[b\\] [consult  x\\]y] {"position":"600, 400","size":"100,200"}\nWords.\n')
    (scene,) = draft.scenes
    assert (scene.title, scene.tags, scene.place, scene.line) == ("A (b)", ("consult", "x]y"), "600,400", 7)
    assert _losses(':: Start [a] {"position":"1,2","size":"3,4"}') == [(1, "passage's 'size'")]


@pytest.mark.parametrize(
    "metadata", ["{not json}", "[open", "{}{}", "[a] [b]", '{"position":"x"}', "{" * 3000]
)
def test_metadata_that_cannot_be_read_is_left_out_and_the_passage_stays(metadata: str) -> None:
    passages = f":: Start {metadata}\nWords.\n"
    assert [scene.text for scene in _draft(passages).scenes] == ["Words."]
    assert [line for line, _ in _losses(passages, Verdict.REFUSED)] == [1]


def test_a_link_to_a_name_with_brackets_finds_it() -> None:
    draft = _draft(":: Start\n[[Hall [big]]]\n[[Go->Hall [big]]]\n\n:: Hall \\[big\\]\nEnd.\n")
    assert [option.to for option in draft.scenes[0].options] == [draft.scenes[1].id] * 2


def test_what_story_data_says_is_kept_for_the_way_back() -> None:
    text = (
        ':: StoryData\n{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "Harlowe", "zoom": 0.5,\n'
        '"start": "B", "tag-colors": {"a": "red"}, "other": 1}\n\n:: A\n[[B]]\n\n:: B\n[[A]]\n'
    )
    draft = twee_draft(text, "x.twee")
    assert [scene.title for scene in draft.scenes] == ["B", "A"]
    assert draft.own == {
        "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC",
        "format": "Harlowe",
        "zoom": 0.5,
        "tag-colors": {"a": "red"},
    }
    refused = [loss for loss in draft.losses if loss.verdict is Verdict.REFUSED]
    assert [(loss.line, loss.construct) for loss in refused] == [(1, "story data 'other'")]


@pytest.mark.parametrize(
    ("words", "kept", "construct"),
    [
        ("(if: $x > (1))[Words] end", "Words end", "Harlowe (if:)"),
        ("(set: $x to 1)Words", "Words", "Harlowe (set:)"),
        ("(live: 2s)[Words (stop:)]", "Words", "Harlowe (live:)"),
        ("|a>[Words]", "Words", "Harlowe hook's name"),
        ("(if: $x)[Words]<a|", "Words", "Harlowe hook's name"),
        ("|a)[Words [sic]]", "Words [sic]", "Harlowe hook's name"),
        ("<<if $x gt 1>>Words<</if>>", "Words", "SugarCube <<if>>"),
        ("<<set $x to 1>>Words", "Words", "SugarCube <<set>>"),
        ("<<widget>>Words", "Words", "SugarCube <<widget>>"),
        ("[if trust > 1]\nWords", "Words", "Chapbook modifier"),
        ("[JavaScript]\nalert()\n[continued]\nWords", "Words", "Chapbook modifier"),
        ("trust: 1\n--\nWords", "Words", "Chapbook variables"),
        ("Words {embed image: 'a.png'}", "Words", "Chapbook insert"),
        ("Words {trust}", "Words", "Chapbook insert"),
        ("<% s.x = '<b>' %>Words", "Words", "Snowman code"),
        ("Words $trust.level", "Words", "variable"),
        ("<script>alert('[[x]]')</script>Words", "Words", "script"),
        ("<style>b { }</style>Words", "Words", "stylesheet"),
        ("<!-- [[no]] -->Words", "Words", "comment"),
        ("<img src='https://x.example/a.png'>Words", "Words", "picture or sound"),
        ("[img[a.png]]Words", "Words", "picture or sound"),
        ("![alt](a.png)Words", "Words", "picture or sound"),
        ("<b class='x'>Words</b>", "Words", "HTML"),
        ("''Words'' and //more//", "Words and more", "emphasis"),
        ("**Words** and *more*", "Words and more", "emphasis"),
        ("# Words", "Words", "heading"),
        ("Words\n\n---\n\nmore", "Words\n\nmore", "ruled line"),
        ("Words [[", "Words [", "double bracket"),
    ],
)
def test_what_is_not_words_is_taken_out_and_told_by_name(words: str, kept: str, construct: str) -> None:
    passages = f":: Start\n{words}\n"
    assert [scene.text for scene in _draft(passages).scenes] == [kept]
    assert construct in [found for _, found in _losses(passages)]


@pytest.mark.parametrize(
    "words", ["It costs $5 (note: a lot), 5 < 6 & 7 > 6; don't * or _ or a/b, it's [sic] 50% #1 {x y}."]
)
def test_words_that_only_look_like_markup_stay(words: str) -> None:
    assert _draft(f":: Start\n{words}\n").scenes[0].text == words
    assert _losses(f":: Start\n{words}\n") == []


def test_the_line_of_every_loss_is_the_line_in_the_file() -> None:
    passages = ":: Start\nOne <b>x</b>\n(if: $a is\n1)[two]\n\n<!-- three\nlines -->\nfour $five\n"
    assert _losses(passages) == [
        (2, "HTML"),
        (2, "HTML"),
        (3, "Harlowe (if:)"),
        (6, "comment"),
        (8, "variable"),
    ]


def test_scripts_and_stylesheets_and_special_passages_are_refused() -> None:
    passages = ":: Start\nWords\n\n:: A [script]\nalert()\n\n:: B [stylesheet]\nb {}\n\n:: StoryInit\n<<set $a to 1>>\n"
    assert [scene.title for scene in _draft(passages).scenes] == ["Start"]
    assert _losses(passages) == [
        (4, "script passage 'A'"),
        (7, "stylesheet passage 'B'"),
        (10, "special passage 'StoryInit'"),
    ]


def test_a_name_that_stands_twice_a_broken_link_and_a_lost_passage_are_told() -> None:
    passages = ":: Start\n[[Cellar]]\n[[Out->https://x.example]]\n\n:: Lost\nNo one.\n\n:: Start\nAgain.\n"
    draft = _draft(passages)
    assert _losses(passages) == [
        (2, "broken link"),
        (3, "broken link"),
        (5, "unreachable passage 'Lost'"),
        (8, "passage 'Start'"),
    ]
    assert [scene.title for scene in draft.scenes] == ["Start", "Lost"]
    ids = {scene.id for scene in draft.scenes}
    assert [option.to in ids for option in draft.scenes[0].options] == [False, False]


def test_a_start_that_is_missing_is_told() -> None:
    assert _losses(":: First\nWords.\n") == [(1, "start")]
    assert _losses(":: First\n[[Start]]\n\n:: Start\n[[First]]\n") == []


def test_ids_come_from_names_and_stay_when_other_passages_move() -> None:
    one = _draft(":: Start\n[[Don't go, Zoë!]]\n[[門]]\n\n:: Don't go, Zoë!\n\n:: 門\nGate\n")
    two = _draft(":: 門\nGate\n\n:: Start\n[[門]]\n[[Don't go, Zoë!]]\n\n:: Don't go, Zoë!\n")
    names = {scene.title: scene.id for scene in one.scenes}
    assert names == {scene.title: scene.id for scene in two.scenes}
    assert names["Don't go, Zoë!"] == "dont-go-zoe"


def test_tags_give_ids_that_names_do_not_and_are_told_when_they_cannot() -> None:
    passages = (
        ":: Start [id:gate option:go-in=in option:gone=out consult]\n[[Go in->Hall]]\n[[Wait->Cellar]]\n\n"
        ":: Hall [id:gate]\nEnd.\n\n:: Yard [id:yard-2 id:other id:Odd]\n[[A]]\n"
    )
    draft = _draft(passages)
    assert [(scene.id, scene.tags) for scene in draft.scenes] == [
        ("gate", ("consult",)),
        ("hall", ()),
        ("yard-2", ("id:Odd",)),
    ]
    assert [(option.id, option.to) for option in draft.scenes[0].options] == [
        ("in", "hall"),
        ("wait", "cellar"),
    ]
    assert [loss for loss in _losses(passages) if loss[1].startswith("tag ")] == [
        (1, "tag 'option:gone=out'"),
        (5, "tag 'id:gate'"),
        (8, "tag 'id:other'"),
    ]


def test_two_options_never_get_one_id_from_their_tags() -> None:
    passages = ":: Start [option:go=wait]\n[[Go->Start]]\n[[Wait->Start]]\n"
    assert [option.id for option in _draft(passages).scenes[0].options] == ["go", "wait"]
    assert (1, "tags of options") in _losses(passages)


def test_names_that_give_the_same_id_are_told_apart() -> None:
    draft = _draft(":: Start\n[[The Hall]]\n[[the hall]]\n\n:: The Hall\nOne\n\n:: the hall\nTwo\n")
    ids = [scene.id for scene in draft.scenes]
    assert len(set(ids)) == 3
    assert [option.to for option in draft.scenes[0].options] == ids[1:]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "no line begins with '::'"),
        (b"words\n", "no line begins with '::'"),
        (b":: A\n\xff\n", "this is not UTF-8 text"),
        (b":: A [script]\nalert()\n", "no passage that a reader could see"),
        (b"::" + b"a" * 5000, "this header is longer than"),
        (b":: A\n" + b"a" * MAX_BYTES, "the file is too long"),
        (b"::\n" + b":: A\n" * 1001, "more than 1000 passages"),
        (b":: A\n" + b"[[A]]\n" * 5001, "more than 5000 links"),
    ],
)
def test_a_file_that_is_no_story_is_answered(raw: bytes, what: str) -> None:
    with pytest.raises(Faults, match=what):
        draft_of_twee(raw, "x.twee")


def test_the_account_is_told_in_lines_and_as_values_for_machines() -> None:
    losses = [loss for loss in _draft(":: Start\n$x\n").losses if loss.construct == "variable"]
    told = "$x is left out: its value is not known when nothing is run."
    assert loss_lines(losses, "x.twee") == [f"x.twee:8: variable: refused: {told}"]
    assert loss_records(losses) == [
        {"unit": "line", "line": 8, "construct": "variable", "verdict": "refused", "what": told}
    ]
    assert loss_sum(losses) == "0 kept, 0 approximated, 1 refused"


def test_a_place_that_is_no_line_of_text_is_told_by_the_name_of_what_is_counted() -> None:
    losses = [Loss(12, "b", Verdict.KEPT, "it is kept."), Loss(3, "a", Verdict.KEPT, "it is kept.")]
    assert loss_lines(losses, "x.h5p", "node") == [
        "x.h5p, node 3: a: kept: it is kept.",
        "x.h5p, node 12: b: kept: it is kept.",
    ]
    assert [(record["unit"], record["line"]) for record in loss_records(losses, "node")] == [
        ("node", 3),
        ("node", 12),
    ]
    assert loss_lines(losses[:1], "s02-promise", "") == ["s02-promise: b: kept: it is kept."]
