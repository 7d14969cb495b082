"""A bot of a few raw calls, for what the page shows and Both/And does not send."""

from typing import Any

import aiohttp

from bot.room import PracticeRoom


async def call(
    room: PracticeRoom, method: str, *, files: dict[str, tuple[str, bytes]] | None = None, **fields: Any
) -> None:
    """One call of the Bot API, perhaps with files (name and content by field); it has to go well."""
    form = aiohttp.FormData({name: str(value) for name, value in fields.items()})
    for name, (filename, content) in (files or {}).items():
        form.add_field(name, content, filename=filename)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{room.url}/bot{room.token}/{method}", data=form) as answer,
    ):
        assert answer.status == 200, await answer.text()
