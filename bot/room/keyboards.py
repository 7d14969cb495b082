"""What Telegram takes as a keyboard, and what it says of one that it does not take."""

from typing import Any

from bot.room.links import checked_link
from bot.room.refusals import bad_request, room_does_not

Json = dict[str, Any]

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
LONGEST_PAYLOAD = 64  # bytes
LONGEST_COPIED = 256
# The first of these that a button has decides what it does; the others are ignored (Client.cpp 9588-9694).
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)
DONE_HERE = ("url", "callback_data", "copy_text", "disabled")


def inline_keyboard_of(asked: Json) -> Json | None:
    """The inline keyboard of a call, each button with its one action; None if there is none."""
    markup = asked.get("reply_markup")
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"]]
    kept = [row for row in rows if row]
    _not_too_large(kept)
    return {"inline_keyboard": kept}


def reply_keyboard_of(asked: Json) -> Json | None:
    """A keyboard in place of the phone's own, or the order to take it away; None if neither is meant."""
    markup: Json | None = asked.get("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return None
    for row in markup.get("keyboard", []):
        for button in row:
            if not button["text"]:
                raise bad_request("text buttons must be non-empty")
    _not_too_large(markup.get("keyboard", []), in_a_row=12)
    return markup


def _not_too_large(rows: list[list[Json]], *, in_a_row: int = MOST_IN_A_ROW) -> None:
    """Telegram's words for both are believed, not verified; the limits are documented."""
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > in_a_row for row in rows):
        raise bad_request("reply markup is too long")


def _button(button: Json) -> Json:
    action = next((name for name in ACTIONS if button.get(name) not in (None, "", False)), None)
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if action is None:
        wrong = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {wrong}")
    if action in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")
    if action not in DONE_HERE:
        raise room_does_not(f"buttons with {action}")
    if action == "callback_data" and len(button["callback_data"].encode()) > LONGEST_PAYLOAD:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text" and not 1 <= len(button["copy_text"]["text"]) <= LONGEST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    looks = {name: button[name] for name in ("style", "icon_custom_emoji_id") if name in button}
    meant = _checked_url(button) if action == "url" else button[action]
    return {"text": button["text"], action: meant} | looks


def _checked_url(button: Json) -> str:
    url = str(button["url"]).strip()
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() not in ("http", "https", "tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    checked = checked_link(url)
    if not checked:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return checked
