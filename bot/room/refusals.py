"""Telegram's refusals in Telegram's own words (telegram-bot-api/Client.cpp, fail_query_with_error, 66-205)."""

from typing import Any


class BotApiError(Exception):
    """A call that Telegram answers with ``"ok": false``."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad_request(text: str) -> BotApiError:
    return BotApiError(400, f"Bad Request: {text}")


def chat_not_found() -> BotApiError:
    return bad_request("chat not found")


def blocked() -> BotApiError:
    return BotApiError(403, "Forbidden: bot was blocked by the user")


def deactivated() -> BotApiError:
    return BotApiError(403, "Forbidden: user is deactivated")


def not_modified() -> BotApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def query_too_old() -> BotApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def unauthorized() -> BotApiError:
    return BotApiError(401, "Unauthorized")


def method_not_found() -> BotApiError:
    return BotApiError(404, "Not Found: method not found")


def flooded(retry_after: int) -> BotApiError:
    text = f"Too Many Requests: retry after {retry_after}"
    return BotApiError(429, text, {"retry_after": retry_after})


def migrated(to: int) -> BotApiError:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return BotApiError(400, text, {"migrate_to_chat_id": to})


def terminated_by_other() -> BotApiError:
    text = "terminated by other getUpdates request; make sure that only one bot instance is running"
    return BotApiError(409, f"Conflict: {text}")


def room_does_not(what: str) -> BotApiError:
    """An honest no of the room itself: Telegram can do this, the room cannot."""
    return bad_request(f"the practice room does not do {what}")
