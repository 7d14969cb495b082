"""Every sentence the bot says, one template a screen. Values are escaped; only the templates hold markup."""

from datetime import date
from functools import cache
from re import compile as pattern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


_BLANKS = pattern(r"\n{3,}")


def say(screen: str, /, **values: object) -> str:
    """The text of the screen of that name, in Telegram's HTML. A value that is missing is a bug and raises."""
    text = _templates().get_template(f"{screen}.j2").render(values).strip()
    # What a condition leaves out leaves its blank lines behind; on the screen there is never more than one.
    return _BLANKS.sub("\n\n", text)


def written_day(iso: str) -> str:
    """A day or a month as people write it: 23 November 2026, or November 2026."""
    year, month, *day = (int(part) for part in iso.split("-"))
    return f"{f'{day[0]} ' if day else ''}{date(year, month, 1):%B} {year}"


@cache
def _templates() -> "Environment":
    # A template is compiled when it is first said: 2 ms each, which the start of the program need not wait for.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("bot.tg", "texts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["day"] = written_day
    return environment
