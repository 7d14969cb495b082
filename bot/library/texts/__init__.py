"""Pictures and pages that the library draws, one template each. Values are escaped; only the templates hold markup."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def drawn(template: str, /, **values: object) -> str:
    """The template of that name, filled in. A value that is missing is a bug and raises."""
    return _templates().get_template(f"{template}.j2").render(values).strip() + "\n"


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - not needed for a check

    return Environment(
        loader=PackageLoader("bot.library", "texts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
