"""The documentation says what is there (settings, commands, words, promises), and its links lead somewhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml
from markdown_it import MarkdownIt

from bot.cli import app
from bot.config import Settings
from bot.room.rules import BELIEVED
from bot.tg.commands import COMMANDS, WORDS
from bot.tg.screen import MAX_TEXT, plain, units
from bot.tg.texts import say
from tests.tools import rules
from tests.tools.links import ROOT, Dead, dead_links, markdown_files

README = (ROOT / "README.md").read_text(encoding="utf-8")
LIVE_CHECK = (ROOT / "docs" / "telegram-live-check.md").read_text(encoding="utf-8")
DOCUMENTS = {
    file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in markdown_files(ROOT)
}

#: Whom the documentation may name. Another one is a slip, or belongs here.
HOSTS = {
    "127.0.0.1",
    "api.telegram.org",
    "core.telegram.org",
    "creativecommons.org",
    "doi.org",
    "keepachangelog.com",
}
#: Commands of @BotFather, not of this bot.
BOTFATHERS = {"newbot", "revoke"}
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|tmp|home|Users|var|mnt|opt|srv)/")


def section(text: str, heading: str) -> str:
    """What stands under a heading, down to the next one of the same or a higher level."""
    level = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert found is not None, f"there is no {heading}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    cells = [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in text.splitlines()
        if line[:1] == "|"
    ]
    rules = [at for at, row in enumerate(cells) if set("".join(row)) <= set("-| ")]
    return [row for at, row in enumerate(cells) if at not in rules and at + 1 not in rules]


def code(text: str) -> Iterator[str]:
    """What is set as code: every span, and every line of a block."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("fence", "code_block"):
            yield from token.content.splitlines()
        yield from (child.content for child in token.children or [] if child.type == "code_inline")


def words_of(text: str) -> str:
    """A text of Markdown as it is read, in one line."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    read = [
        "".join(
            child.content or " "
            for child in token.children or []
            if not child.type.endswith(("_open", "_close"))
        )
        for token in tokens
        if token.type == "inline"
    ]
    return " ".join(" ".join(read).split())


def defaults() -> dict[str, str]:
    """Every setting with its default as somebody would write it; nothing where there is none."""
    fields = Settings.model_fields.items()
    return {name.upper(): "" if field.default is None else str(field.default) for name, field in fields}


def test_the_readme_names_every_setting_with_its_default_and_no_other() -> None:
    told = {row[0].strip("`"): row[1].strip("`") for row in rows(section(README, "## Settings"))}
    assert {name: default.replace("none", "") for name, default in told.items()} == defaults()


def test_the_example_file_names_every_setting_with_its_default_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert told == defaults()


def test_the_readme_names_every_command_of_the_chat_in_the_order_of_the_menu() -> None:
    chat = section(README, "### In the chat")
    assert [row[0] for row in rows(chat)] == [f"`/{command}`" for command, _ in COMMANDS]
    assert {word for word in WORDS if f"*{word}*" in chat} == set(WORDS)


def test_the_readme_names_every_command_of_the_terminal_with_its_options() -> None:
    told = {row[0].strip("`"): row[-1] for row in rows(section(README, "### In the terminal"))}
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    assert {name for name in told if name.startswith("bothand")} == {
        f"bothand {name}" for name in group.commands
    }
    for name, command in group.commands.items():
        options = [option for param in command.params for option in param.opts if option.startswith("--")]
        missing = [option for option in options if f"`{option}`" not in told[f"bothand {name}"]]
        assert missing == [], name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_speaks_only_of_commands_and_files_that_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for span in code(DOCUMENTS[name]):
        if found := re.match(r"\s*make ([a-z]+)", span):
            assert found[1] in targets, span
        elif found := re.match(r"\s*(?:\.venv/bin/)?bothand ([a-z]+)", span):
            assert found[1] in group.commands, span
        elif found := re.fullmatch(r"/([a-z]+)", span):
            assert found[1] in {*dict(COMMANDS), *BOTFATHERS}, span
        elif re.fullmatch(r"(?:bot|tests|content|docs)/[\w./-]+", span):
            assert (ROOT / span).exists(), span
        elif re.fullmatch(r"(?:BOT|DATA|KEY|ROOM|LOG)_[A-Z_]+", span) and span not in " ".join(BELIEVED):
            assert span in defaults(), span


def test_the_readme_names_every_target_of_make() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    told = {span.split()[1] for span in code(README) if span.startswith("make ")}
    assert told == set(phony[1].split())


def test_every_word_of_the_glossary_is_bold_stands_once_and_has_a_meaning() -> None:
    entries = [line for line in section(README, "## Words").splitlines() if line.startswith("- ")]
    words = [found[1] for entry in entries if (found := re.match(r"- \*\*([^*]+)\*\*: \w", entry))]
    assert len(words) == len(entries) > 20
    assert sorted({word.lower() for word in words}) == sorted(word.lower() for word in words)


def test_every_word_of_the_glossary_that_is_built_is_a_word_of_the_code() -> None:
    glossary = section(README, "## Words")
    entries = re.findall(r"^- \*\*([^*]+)\*\*: (.+?)(?=^- |\Z)", glossary, re.DOTALL | re.MULTILINE)
    code_words = " ".join(
        file.read_text(encoding="utf-8") for file in sorted((ROOT / "bot").rglob("*.py"))
    ).lower()
    built = [word for word, meaning in entries if "*To come.*" not in meaning]
    assert [word for word in built if not re.search(rf"\b{word.lower()}", code_words)] == []


def test_the_readme_gives_the_nine_promises_in_the_words_of_the_chat() -> None:
    chat = plain(say("privacy"))
    promised = re.findall(r"^(\d)\. (.+)$", chat, re.MULTILINE)
    told = re.findall(
        r"^(\d)\. (.+?)(?=^\d\. |\n\n)", section(README, "## Privacy"), re.DOTALL | re.MULTILINE
    )
    assert [number for number, _ in promised] == list("123456789")
    assert [(number, words_of(text)) for number, text in told] == promised


def test_what_is_promised_fits_one_message_with_room_to_spare() -> None:
    assert units(say("privacy")) < MAX_TEXT / 2


def test_the_readme_says_that_contacts_are_unchecked_for_as_long_as_one_of_them_is() -> None:
    unchecked = [
        entry
        for file in sorted((ROOT / "content" / "help").glob("*.yaml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["contacts"].values()
        if entry["number"] is not None and entry["checked_on"] is None
    ]
    assert ("contacts have not been checked live yet" in words_of(README)) == bool(unchecked)


def test_the_live_check_lists_everything_that_the_room_only_believes() -> None:
    told = words_of(section(LIVE_CHECK, "### By the practice room"))
    assert [belief for belief in BELIEVED if belief not in told] == []


def test_the_steps_of_the_live_check_are_boxes_in_order_and_named_rightly() -> None:
    steps = [int(number) for number in re.findall(r"^- \[ \] (\d+)\. ", LIVE_CHECK, re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    named = {
        int(step)
        for row in rows(section(LIVE_CHECK, "### By the bot"))
        for step in re.findall(r"\d+", row[-1])
    }
    assert named <= set(steps)


def test_the_page_of_rules_says_what_the_rules_say() -> None:
    assert rules.TARGET.read_text(encoding="utf-8") == rules.written(), "python -m tests.tools.rules"


def test_no_link_in_the_documentation_is_dead() -> None:
    dead, count = dead_links(ROOT)
    assert dead == []
    assert count > 0


@pytest.mark.parametrize("name", [*DOCUMENTS, ".env.example"])
def test_no_document_holds_a_path_of_somebodys_machine_or_an_unknown_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert MACHINE_PATH.findall(text) == []
    assert set(re.findall(r"https?://([^\s/)`>:]+)", text)) <= HOSTS
    assert re.findall(r"index-url|--registry|\.npmrc|pip\.conf", text) == []


SOUND = """# One thing & another

[up](#one-thing--another), [again](#twice-1), [a file](below/other.md#deep-down), [a folder](below), ![seen](dot.png)
[from the top](/below/other.md), <https://example.org/a?b=c#d>, [mail](mailto:a@example.org), [named][there].
`[not a link](nowhere.md)` <a id="here"></a> [html](#here) <img src="dot.png" alt="">

## Twice
## Twice

[there]: below/other.md
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small repository whose links are all alive."""
    (tmp_path / "below").mkdir()
    (tmp_path / "page.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "below" / "other.md").write_text("# Deep *down*\n\n[back](../page.md)\n", encoding="utf-8")
    (tmp_path / "dot.png").write_bytes(b"")
    for passed_over in (".venv", "node_modules"):
        (tmp_path / passed_over).mkdir()
        (tmp_path / passed_over / "theirs.md").write_text("[dead](nowhere.md)\n", encoding="utf-8")
    return tmp_path


def test_links_that_lead_somewhere_are_left_alone(house: Path) -> None:
    assert dead_links(house) == ([], 12)


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[gone](gone.md)", "'gone.md' does not exist."),
        ("![gone](docs/gone.png)", "'docs/gone.png' does not exist."),
        ('<img alt="gone" src="gone.png">', "'gone.png' does not exist."),
        ("[gone](Page.md)", "'Page.md' does not exist."),
        ("[gone](#gone)", "'page.md' has no heading '#gone'."),
        ("[gone](below/other.md#gone)", "'below/other.md' has no heading '#gone'."),
        ("[out](../../elsewhere.md)", "'../../elsewhere.md' leads out of the repository."),
        ("[empty]()", "the link is empty."),
        ("[odd](http:///path)", "'http:///path' is not an address."),
        ("[odd](https://exa_mple..org/)", "'https://exa_mple..org/' is not an address."),
        ("[odd](htps://example.org)", "'htps://example.org' begins like nothing that is known."),
        ("[named][nowhere]", "the reference [named][nowhere] is defined nowhere."),
        ("| a |\n| --- |\n| [gone](gone.md) |", "'gone.md' does not exist."),
    ],
)
def test_a_dead_link_is_found_with_its_file_and_line(house: Path, link: str, what: str) -> None:
    page = house / "page.md"
    page.write_text(f"{SOUND}\nA paragraph of\ntwo lines.\n\n{link}\n", encoding="utf-8")
    line = SOUND.count("\n") + 5 + link.count("\n")
    assert dead_links(house)[0] == [Dead("page.md", line, what)]


def test_a_link_on_a_later_line_of_a_paragraph_is_told_with_that_line(house: Path) -> None:
    (house / "page.md").write_text("One,\ntwo,\n[three](gone.md).\n", encoding="utf-8")
    assert dead_links(house)[0] == [Dead("page.md", 3, "'gone.md' does not exist.")]


def test_the_check_of_links_prints_what_is_dead_and_fails(house: Path) -> None:
    command = [sys.executable, "-m", "tests.tools.links", str(house)]
    sound = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (sound.returncode, sound.stdout) == (0, "All 12 links in the documentation lead somewhere.\n")
    (house / "dot.png").unlink()
    dead = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (dead.returncode, dead.stdout) == (
        1,
        "page.md:3: 'dot.png' does not exist.\npage.md:5: 'dot.png' does not exist.\n",
    )
