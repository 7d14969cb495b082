"""Settings: read once, from the environment and `.env`, and handed on as a value."""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.errors import UserError

TELEGRAM = "https://api.telegram.org"


class Settings(BaseModel):
    """Every setting there is."""

    model_config = ConfigDict(frozen=True, validate_default=True)

    bot_token: Annotated[
        SecretStr | None,
        Field(description="The bot's token from @BotFather. Without it, the practice room starts."),
    ] = None
    bot_api_url: Annotated[
        str,
        Field(description="The Bot API server: Telegram's own, or another that speaks the same language."),
    ] = TELEGRAM
    data_dir: Annotated[Path, Field(description="The folder that holds the two databases.")] = Path("data")
    key_file: Annotated[
        Path, Field(description="The root key, outside the data folder; made at the first start.")
    ] = Path("~/.config/bothand/root.key")
    room_port: Annotated[
        int, Field(description="Where the practice room listens, or the next free port.", ge=1, le=65535)
    ] = 8080
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description="How much is written to the log.")
    ] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        number, colon, rest = value.get_secret_value().strip().partition(":")
        if not (
            number.isdecimal()
            and colon
            and len(rest) >= 10
            and rest.isascii()
            and not set(rest) & set(" /?#")
        ):
            raise ValueError(
                "does not look like a token (digits, a colon, letters); copy it again from @BotFather"
            )
        return SecretStr(value.get_secret_value().strip())

    @field_validator("bot_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            host, _ = parts.hostname, parts.port  # both are parsed only when they are asked for
        except ValueError:
            host = None
        if host is None or parts.scheme not in {"http", "https"} or set(value) & set(" \t\n?#\\"):
            raise ValueError("must be an address such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("key_file", "data_dir")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser().absolute()


def settings() -> Settings:
    """The settings as they stand now: the environment, else `.env`, else the default; an empty one counts as not set.

    Raises `UserError` naming every setting that is wrong, never its value.
    """
    try:
        given = {**dotenv_values(".env"), **{name: value for name, value in os.environ.items() if value}}
        return Settings.model_validate(
            {name: given[name.upper()] for name in Settings.model_fields if given.get(name.upper())}
        )
    except UnicodeDecodeError:
        raise UserError("The file .env is not UTF-8 text. Write it again with a plain text editor.") from None
    except ValidationError as error:
        wrong = [
            f"{'.'.join(map(str, fault['loc'])).upper()}: {_plain(fault['msg'])}" for fault in error.errors()
        ]
        raise UserError("\n".join(wrong)) from None


def _plain(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{text[:1].lower()}{text[1:]}."
