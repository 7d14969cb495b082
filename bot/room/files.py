"""The files of a practice room, kept in memory; known to the bot by ``file_id`` as with Telegram."""

import secrets
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

DOWNLOADABLE = 20 * 2**20  # bytes; the Bot API serves nothing larger


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent once, by either side."""

    file_id: str
    unique_id: str
    kind: str  # "photo", "document", "sticker", "voice"
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.unique_id}.{suffix}"

    def ids(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def as_photo(self) -> list[Json]:
        """Telegram gives several sizes; the room has the one it was sent."""
        return [self.ids() | {"width": self.width, "height": self.height}]

    def as_document(self) -> Json:
        return self.ids() | {"file_name": self.name, "mime_type": self.mime}


@dataclass(slots=True)
class Files:
    """All files, by id and by path."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)

    def keep(
        self, content: bytes, *, kind: str, name: str, mime: str, size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        stored = StoredFile(
            file_id="PR" + secrets.token_urlsafe(24),
            unique_id=secrets.token_urlsafe(9),
            kind=kind,
            name=name,
            mime=mime,
            content=content,
            width=size[0],
            height=size[1],
        )
        self.by_id[stored.file_id] = stored
        self.by_path[stored.path] = stored
        return stored
