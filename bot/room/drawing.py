"""How a message looks to people: what the page is given, what a phone's screen says, and the transcript."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.room.entities import as_html, runs
from bot.room.files import Files, StoredFile
from bot.room.posts import Post

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it."""

    message_id: int
    from_bot: bool
    at: datetime
    text: str  # the text, or the caption
    html: str
    buttons: list[list[str]]
    payloads: list[list[str | None]] = field(
        repr=False
    )  # what each button would send; None if it sends nothing
    reply_keyboard: list[list[str]] | None = None
    photo: StoredFile | None = None
    document: StoredFile | None = None
    edited: bool = False
    protected: bool = False

    @property
    def labels(self) -> list[str]:
        return [label for row in self.buttons for label in row]


def shown(files: Files, post: Post) -> Shown:
    formatted = post.formatted
    keyboard = post.inline_keyboard
    return Shown(
        message_id=post.message_id,
        from_bot=post.from_bot,
        at=post.at,
        text=formatted.text,
        html=as_html(formatted),
        buttons=[[button["text"] for button in row] for row in keyboard],
        payloads=[[button.get("callback_data") for button in row] for row in keyboard],
        reply_keyboard=reply_labels(post),
        photo=files.by_id.get(post.body["photo"][-1]["file_id"]) if "photo" in post.body else None,
        document=files.by_id.get(post.body.get("document", {}).get("file_id", "")),
        edited=post.edited,
        protected=post.body.get("has_protected_content", False),
    )


def drawn(post: Post) -> Json:
    """The page's MESSAGE."""
    return {
        "message_id": post.message_id,
        "from": "bot" if post.from_bot else "person",
        "at": post.at.isoformat(),
        "edited": post.edited,
        "runs": runs(post.formatted),
        "buttons": [[_button(button) for button in row] for row in post.inline_keyboard],
        "reply_keyboard": reply_labels(post),
        "photo": _photo(post),
        "document": _document(post),
        "caption": "text" not in post.body,
        "protected": post.body.get("has_protected_content", False),
    }


def _button(button: Json) -> Json:
    if "callback_data" in button:
        return {"label": button["text"], "kind": "callback"}
    if "url" in button:
        return {"label": button["text"], "kind": "url", "url": button["url"]}
    return {"label": button["text"], "kind": "other"}


def _photo(post: Post) -> Json | None:
    if "photo" not in post.body:
        return None
    largest = post.body["photo"][-1]
    return {name: largest[name] for name in ("file_id", "width", "height")}


def _document(post: Post) -> Json | None:
    if "document" not in post.body:
        return None
    document = post.body["document"]
    return {
        "file_id": document["file_id"],
        "name": document.get("file_name", ""),
        "size": document.get("file_size", 0),
        "mime": document.get("mime_type", "application/octet-stream"),
    }


def reply_labels(post: Post) -> list[list[str]] | None:
    """The keyboard that stands in place of the phone's own; an empty one means that it was taken away."""
    if post.reply_keyboard is None:
        return None
    if "remove_keyboard" in post.reply_keyboard:
        return []
    keyboard = post.reply_keyboard.get("keyboard")
    return None if keyboard is None else [[button["text"] for button in row] for row in keyboard]


def line_of(post: Post) -> str:
    """One line of a transcript: who, what, and the buttons."""
    media = "(photo) " if "photo" in post.body else "(sticker) " if "sticker" in post.body else ""
    if "document" in post.body:
        media = f"(document {post.body['document'].get('file_name', '')}) "
    labels = [button["text"] for row in post.inline_keyboard for button in row]
    labels += [label for row in reply_labels(post) or [] for label in row]
    buttons = "".join(f" [{label}]" for label in labels)
    who = "Bot:" if post.from_bot else ">"
    return f"{who} {media}{post.formatted.text}{' (edited)' if post.edited else ''}{buttons}"
