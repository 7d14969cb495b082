"""Everything that people read is spelt as in Britain; names, ids and code are left alone."""

from pathlib import Path

import pytest

from tests.tools.links import ROOT
from tests.tools.spelling import files, idle, known, misspelt, words, young_people

COMMAND = "python -m tests.tools.spelling; a name or a word that is right belongs in content/spelling.txt"


def test_everything_that_people_read_is_spelt_in_british_english() -> None:
    assert list(map(str, misspelt())) == [], COMMAND


def test_no_word_of_the_projects_own_list_is_idle() -> None:
    assert idle() == []


def test_all_kinds_of_texts_are_looked_at() -> None:
    seen = {path.relative_to(ROOT).as_posix() for path in files()}
    assert seen >= {
        "README.md",
        "docs/architecture.md",
        "content/skills.yaml",
        "content/help/wales.yaml",
        "content/prompts.yaml",
        "content/scenarios/s02-promise/scenario.yaml",
        "content/scenarios/s02-promise/checklist.yaml",
        "bot/tg/texts/welcome.j2",
    }
    assert not any("/walks/" in path for path in seen)


@pytest.mark.parametrize(
    "word", ["colour", "behaviour", "organise", "practising", "travelled", "counsellor", "can't", "Nobody'd"]
)
def test_british_spellings_are_right(word: str) -> None:
    assert known(())(word)


@pytest.mark.parametrize(
    "word",
    [
        "color",
        "behavior",
        "organize",
        "traveled",
        "counselor",
        "center",
        "gray",
        "saefguarding",
        "thier",
        "cant't",
    ],
)
def test_american_spellings_and_slips_are_not(word: str) -> None:
    assert not known(())(word)


def test_a_name_of_ones_own_is_right_with_whatever_is_added_to_it() -> None:
    right = known(["Flapjill", "biro"])
    assert all(map(right, ["Flapjill", "Flapjill's", "Flapjill'll", "Biro", "biro"]))
    assert not any(map(right, ["flapjill", "Flapjil", "biroes"]))


def house(folder: Path, file: str, text: str) -> list[str]:
    """What is misspelt in a small house of one file, as `line: word`."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")
    return [f"{one.line}: {one.word}" for one in misspelt(folder)]


STORY = """id: s99-colorful
title: A colorful day   # a comment of the auther
skills: [R1, Zz9]
young_person:
  name: Wrenna
  about: Wrenna’s mum is kind.
scenes:
  - id: first-sceene
    text: >-
      She is hapy. “Dont’t,” says Wrenna,
      and waits.
    options:
      - id: tel-hir
        text: Tell hir now.
    goes: ennding
    sources: [ABCX-a,
      QWXZ]
"""


def test_texts_and_comments_of_content_are_read_and_ids_are_not(tmp_path: Path) -> None:
    found = house(tmp_path, "content/scenarios/s99/scenario.yaml", STORY)
    assert found == ["2: auther", "2: colorful", "10: Dont't", "10: hapy", "14: hir"]


PAGE = """# A hapy page

Run `colorize` in [the foldr](docs/colorz.md), see https://colorz.example.org/a or bot/colorz.py.

```
colorize --all
```

1. Then

   ```
   colorize
   ```

Write to help@colorz.org, type /colorz, set COLOR_MODE, <!-- colorz --> <a href="colorz">coloor</a>.
"""


def test_code_addresses_and_commands_in_documents_are_left_alone(tmp_path: Path) -> None:
    assert house(tmp_path, "PAGE.md", PAGE) == ["1: hapy", "3: foldr", "15: coloor"]


def test_screens_are_read_without_their_markup(tmp_path: Path) -> None:
    template = "{% if colorz %}\n<b>Hapy</b> {{ colorz.center(6) }}\n{% endif %}/colorz\nto yuo"
    assert house(tmp_path, "bot/tg/texts/a.j2", template) == ["2: Hapy", "4: yuo"]


def test_young_people_are_known_by_name_in_either_way_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "young_person: {name: Wrenna, age: 15}\nyoung_person:   # more than the harm\n  name: Tobiah Lee\n"
    )
    assert young_people([path]) == {"Wrenna", "Tobiah", "Lee"}


def test_lines_are_counted_from_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("One\n\ntwo’s three\n")
    assert list(words(path)) == [(1, "One"), (3, "two's"), (3, "three")]
