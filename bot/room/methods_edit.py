"""Changing what was sent: editing, deleting, and answering taps."""

from datetime import timedelta
from typing import Any

from bot.room.call import Asked, chat_named, own_post_in, person_in, post_in
from bot.room.entities import utf16_length
from bot.room.keyboards import inline_keyboard_of
from bot.room.methods_send import album_item
from bot.room.posts import Post
from bot.room.refusals import bad_request, not_modified, query_too_old
from bot.room.texts import caption_of, text_of
from bot.room.world import World

Json = dict[str, Any]

DELETABLE = timedelta(hours=48)
ANSWERABLE = timedelta(seconds=15)  # reports say 10-15 s; how long it really is, Telegram does not say
LONGEST_TOAST = 200
MOST_DELETED = 100
MEDIA = ("photo", "document")
TEXTUAL = ("text", "entities", "link_preview_options")
CAPTIONED = ("caption", "caption_entities", "show_caption_above_media")


def edit_message_text(world: World, asked: Asked) -> Json:
    content = text_of(asked.args, too_long="MESSAGE_TOO_LONG").fields("text", "entities")
    post = own_post_in(world, asked.args)
    if "text" not in post.body:
        raise bad_request("there is no text in the message to edit")
    if "link_preview_options" in asked.args:
        content["link_preview_options"] = asked.args["link_preview_options"]
    return _edited(world, post, _without(post, TEXTUAL) | content, asked.args)


def edit_message_caption(world: World, asked: Asked) -> Json:
    caption = caption_of(asked.args)
    post = own_post_in(world, asked.args)
    if not any(kind in post.body for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    content: Json = caption.fields("caption", "caption_entities") if caption.text else {}
    if asked.args.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _edited(world, post, _without(post, CAPTIONED) | content, asked.args)


def edit_message_media(world: World, asked: Asked) -> Json:
    post = own_post_in(world, asked.args)
    content = album_item(world, asked, asked.args["media"])
    if "text" in post.body:
        raise bad_request("there is no media in the message to edit")
    return _edited(world, post, _without(post, (*MEDIA, *CAPTIONED)) | content, asked.args)


def edit_message_reply_markup(world: World, asked: Asked) -> Json:
    post = own_post_in(world, asked.args)
    return _edited(world, post, dict(post.body), asked.args)


def _without(post: Post, names: tuple[str, ...]) -> Json:
    return {name: value for name, value in post.body.items() if name not in names}


def _edited(world: World, post: Post, body: Json, args: Json) -> Json:
    """Put the new body and keyboard in place; an edit without a keyboard takes the old one away."""
    body.pop("reply_markup", None)
    keyboard = inline_keyboard_of(args)
    if keyboard is not None and keyboard["inline_keyboard"]:
        body["reply_markup"] = keyboard
    if _same(body, post.body):
        raise not_modified()
    world.edit(post, body)
    return post.body


def _same(new: Json, old: Json) -> bool:
    return {**new, "edit_date": 0} == {**old, "edit_date": 0}


def delete_message(world: World, asked: Asked) -> bool:
    """The bot's own and the person's, for 48 hours."""
    post = post_in(world, asked.args, otherwise="message to delete not found")
    if world.clock.now() - post.at >= DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    world.remove(post)
    return True


def delete_messages(world: World, asked: Asked) -> bool:
    """Those that cannot be found or deleted are skipped, as the documentation says."""
    ids: list[int] = asked.args["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    person = person_in(world, asked.args)
    for message_id in ids:
        post = world.posts[person.id].get(message_id)
        if post is not None and world.clock.now() - post.at < DELETABLE:
            world.remove(post)
    return True


def answer_callback_query(world: World, asked: Asked) -> bool:
    """A tap may be answered once, and soon."""
    args = asked.args
    tap = world.taps.get(args["callback_query_id"])
    now = world.clock.now()
    if tap is None or tap.answers or now - tap.at > ANSWERABLE:
        if tap is not None:
            tap.late_or_again += 1
        raise query_too_old()
    text = str(args.get("text", ""))
    if utf16_length(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if args.get("url"):
        raise bad_request("URL_INVALID")
    tap.answers.append(now)
    if text:
        world.toast(tap.person_id, text, alert=bool(args.get("show_alert", False)))
    else:
        world.events.publish("toast", person=tap.person_id, text=None, alert=False)
    return True


def chat_of_tap(world: World, args: Json) -> int | None:
    """The chat that a call is about, also when it only names a tap."""
    tap = world.taps.get(str(args.get("callback_query_id", "")))
    return tap.person_id if tap else chat_named(args)
