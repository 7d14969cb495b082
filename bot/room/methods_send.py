"""Sending: texts, photos, documents, albums, copies and the word that the bot is typing."""

from typing import Any

from bot.room.call import Asked, person_in, reachable_person_in
from bot.room.keyboards import inline_keyboard_of, reply_keyboard_of
from bot.room.media import document_in, photo_in
from bot.room.posts import Person, Post
from bot.room.refusals import bad_request, room_does_not
from bot.room.texts import caption_of, text_of
from bot.room.world import TYPING_SHOWS, World

Json = dict[str, Any]

# The six effects that need no subscription; others exist and change.
EFFECTS = frozenset(
    {
        "5104841245755180586",  # fire
        "5107584321108051014",  # thumbs up
        "5104858069142078462",  # thumbs down
        "5159385139981059251",  # heart
        "5046509860389126442",  # party
        "5046589136895476101",  # poo
    }
)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, asked: Asked) -> Json:
    content = text_of(asked.args).fields("text", "entities")
    person = reachable_person_in(world, asked.args)
    if "link_preview_options" in asked.args:
        content["link_preview_options"] = asked.args["link_preview_options"]
    return _sent(world, person, asked.args, content)


def send_photo(world: World, asked: Asked) -> Json:
    person = reachable_person_in(world, asked.args)
    content = {"photo": photo_in(world, asked, asked.args["photo"]).as_photo()}
    return _sent(world, person, asked.args, content | _caption(asked.args))


def send_document(world: World, asked: Asked) -> Json:
    person = reachable_person_in(world, asked.args)
    content = {"document": document_in(world, asked, asked.args["document"]).as_document()}
    return _sent(world, person, asked.args, content | _caption(asked.args))


def send_media_group(world: World, asked: Asked) -> list[Json]:
    """An album of photos, or of documents; Telegram mixes no others into them."""
    person = reachable_person_in(world, asked.args)
    items: list[Json] = asked.args["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of messages in the album, must be between 2 and 10")
    if len({item["type"] for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    group = {"media_group_id": str(world.clock.unix() * 1000 + person.id % 1000)}
    contents = [album_item(world, asked, item) for item in items]
    return [_sent(world, person, asked.args, content | group) for content in contents]


def album_item(world: World, asked: Asked, item: Json) -> Json:
    """One photo or document with its caption, as a message has it."""
    match item["type"]:
        case "photo":
            content: Json = {"photo": photo_in(world, asked, item["media"]).as_photo()}
        case "document":
            content = {"document": document_in(world, asked, item["media"]).as_document()}
        case other:
            raise room_does_not(f"media of type {other}")
    return content | _caption(item)


def copy_message(world: World, asked: Asked) -> Json:
    """A copy carries no link to what it was copied from."""
    args = asked.args
    person = reachable_person_in(world, args)
    original = _original(world, args, otherwise="message to copy not found")
    content = _content(original)
    if "caption" in args and "text" not in content:
        content = {name: content[name] for name in content if name in ("photo", "document")} | _caption(args)
    return {"message_id": _sent(world, person, args, content)["message_id"]}


def forward_message(world: World, asked: Asked) -> Json:
    args = asked.args
    person = reachable_person_in(world, args)
    original = _original(world, args, otherwise="message to forward not found")
    if original.body.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    origin = {
        "type": "user",
        "date": original.body["date"],
        "sender_user": original.body["from"],
    }
    return _sent(world, person, args, _content(original) | {"forward_origin": origin})


def send_chat_action(world: World, asked: Asked) -> bool:
    person = reachable_person_in(world, asked.args)
    if asked.args["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    person.typing_until = world.clock.now() + TYPING_SHOWS
    world.events.publish("typing", person=person.id)
    return True


def _sent(world: World, person: Person, args: Json, content: Json) -> Json:
    more = _manner(args) | _reply(world, person, args)
    inline = inline_keyboard_of(args)
    if inline is not None and inline["inline_keyboard"]:
        more["reply_markup"] = inline
    keyboard = reply_keyboard_of(args)
    post = world.new_post(person, content | more, from_bot=True)
    post.reply_keyboard = keyboard
    world.tell_of(post)
    return post.body


def _manner(args: Json) -> Json:
    manner: Json = {}
    if args.get("protect_content"):
        manner["has_protected_content"] = True
    if args.get("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")  # it costs Stars, and this bot has none
    if "message_effect_id" in args:
        if args["message_effect_id"] not in EFFECTS:
            raise bad_request("EFFECT_ID_INVALID")
        manner["effect_id"] = args["message_effect_id"]
    return manner


def _reply(world: World, person: Person, args: Json) -> Json:
    wanted: Json | None = args.get("reply_parameters")
    if wanted is None:
        return {}
    if wanted.keys() - {"message_id", "allow_sending_without_reply"}:
        raise room_does_not("replies with anything but message_id and allow_sending_without_reply")
    if "message_id" not in wanted:
        raise bad_request('can\'t find field "message_id"')
    replied = world.posts[person.id].get(wanted["message_id"])
    if replied is not None:
        return {"reply_to_message": {k: v for k, v in replied.body.items() if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _caption(args: Json) -> Json:
    caption = caption_of(args)
    shown: Json = caption.fields("caption", "caption_entities") if caption.text else {}
    if args.get("show_caption_above_media"):
        shown["show_caption_above_media"] = True
    if args.get("has_spoiler"):
        shown["has_media_spoiler"] = True
    return shown


def _original(world: World, args: Json, *, otherwise: str) -> Post:
    source = person_in(world, args, key="from_chat_id")
    post = world.posts[source.id].get(args["message_id"])
    if post is None:
        raise bad_request(otherwise)
    return post


def _content(post: Post) -> Json:
    carried = ("text", "entities", "caption", "caption_entities", "photo", "document", "link_preview_options")
    return {name: post.body[name] for name in carried if name in post.body}
