"""The bot itself: who it is, its menus and descriptions, its files, its webhook."""

import re
from collections.abc import Callable
from typing import Any

from bot.room.call import Asked, person_in
from bot.room.entities import utf16_length
from bot.room.files import DOWNLOADABLE
from bot.room.profile import Scope, chat_scope
from bot.room.refusals import bad_request, room_does_not
from bot.room.world import World

Json = dict[str, Any]

COMMAND = re.compile(r"[a-z0-9_]+\Z")
LONGEST_COMMAND = 32
LONGEST_DESCRIPTION = 256
LANGUAGE = re.compile(r"([a-z]{2})?\Z")
PROFILE_COLOURS = 7


def get_me(world: World, _: Asked) -> Json:
    return world.profile.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, asked: Asked) -> Json:
    person = person_in(world, asked.args)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return person.chat() | {
        "accent_color_id": person.id % PROFILE_COLOURS,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


def set_my_commands(world: World, asked: Asked) -> bool:
    commands: list[Json] = asked.args["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    cleaned = [_command(command) for command in commands]
    where = (_scope(world, asked.args), _language(asked.args))
    if cleaned:
        world.profile.commands[where] = cleaned
    else:
        world.profile.commands.pop(where, None)
    world.tell_of_bot()
    return True


def get_my_commands(world: World, asked: Asked) -> list[Json]:
    return world.profile.commands.get((_scope(world, asked.args), _language(asked.args)), [])


def delete_my_commands(world: World, asked: Asked) -> bool:
    world.profile.commands.pop((_scope(world, asked.args), _language(asked.args)), None)
    world.tell_of_bot()
    return True


def _command(command: Json) -> Json:
    name = str(command["command"]).strip().removeprefix("/")
    description = str(command["description"]).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"command length must not exceed {LONGEST_COMMAND}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > LONGEST_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {LONGEST_DESCRIPTION}")
    if not COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _scope(world: World, args: Json) -> Scope:
    scope: Json = args.get("scope", {"type": "default"})
    match scope["type"]:
        case "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" as plain:
            return (plain, 0, 0)
        case "chat":
            return chat_scope(person_in(world, scope).id)
        case _:
            person_in(world, scope)
            raise bad_request("can't use specified scope in private chats")


def _language(args: Json) -> str:
    code = str(args.get("language_code", ""))
    if not LANGUAGE.match(code):
        raise bad_request("invalid language code specified")
    return code


def _setter(
    of: Callable[[World], dict[str, str]], name: str, longest: int, wrong: str
) -> Callable[[World, Asked], bool]:
    def set_text(world: World, asked: Asked) -> bool:
        text, language = str(asked.args.get(name, "")).strip(), _language(asked.args)
        if utf16_length(text) > longest:
            raise bad_request(wrong)
        if text:
            of(world)[language] = text
        elif language or name != "name":
            of(world).pop(language, None)
        else:
            raise bad_request("BOT_TITLE_INVALID")
        world.tell_of_bot()
        return True

    return set_text


def _getter(of: Callable[[World], dict[str, str]], name: str) -> Callable[[World, Asked], Json]:
    def get_text(world: World, asked: Asked) -> Json:
        texts = of(world)
        return {name: texts.get(_language(asked.args), texts.get("", ""))}

    return get_text


def _names(world: World) -> dict[str, str]:
    return world.profile.names


def _descriptions(world: World) -> dict[str, str]:
    return world.profile.descriptions


def _short_descriptions(world: World) -> dict[str, str]:
    return world.profile.short_descriptions


set_my_name = _setter(_names, "name", 64, "BOT_TITLE_INVALID")
get_my_name = _getter(_names, "name")
set_my_description = _setter(_descriptions, "description", 512, "BOT_DESCRIPTION_INVALID")
get_my_description = _getter(_descriptions, "description")
set_my_short_description = _setter(
    _short_descriptions, "short_description", 120, "BOT_SHORT_DESCRIPTION_INVALID"
)
get_my_short_description = _getter(_short_descriptions, "short_description")


def get_file(world: World, asked: Asked) -> Json:
    stored = world.files.by_id.get(asked.args["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOADABLE:
        raise bad_request("file is too big")
    return stored.ids() | {"file_path": stored.path}


def leave_chat(world: World, asked: Asked) -> bool:
    person_in(world, asked.args)
    raise bad_request("chat member status can't be changed in private chats")


def set_webhook(_: World, asked: Asked) -> bool:
    if asked.args["url"]:
        raise room_does_not("webhooks yet; poll with getUpdates")
    return True


def get_webhook_info(world: World, _: Asked) -> Json:
    found: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": world.updates.pending}
    allowed = world.updates.allowed
    return found if allowed is None else found | {"allowed_updates": allowed}
