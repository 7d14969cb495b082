"""Which methods the practice room does: one list to read. Every other method of the Bot API gets an honest no."""

from collections.abc import Callable
from typing import Any

from bot.room import methods_bot as bot
from bot.room import methods_edit as edit
from bot.room import methods_send as send
from bot.room.call import Asked
from bot.room.refusals import room_does_not
from bot.room.world import World

Json = dict[str, Any]

# getUpdates and deleteWebhook wait, and stand in the server.
METHODS: dict[str, Callable[[World, Asked], object]] = {
    "getMe": bot.get_me,
    "getChat": bot.get_chat,
    "sendMessage": send.send_message,
    "sendPhoto": send.send_photo,
    "sendDocument": send.send_document,
    "sendMediaGroup": send.send_media_group,
    "sendChatAction": send.send_chat_action,
    "copyMessage": send.copy_message,
    "forwardMessage": send.forward_message,
    "editMessageText": edit.edit_message_text,
    "editMessageCaption": edit.edit_message_caption,
    "editMessageMedia": edit.edit_message_media,
    "editMessageReplyMarkup": edit.edit_message_reply_markup,
    "deleteMessage": edit.delete_message,
    "deleteMessages": edit.delete_messages,
    "answerCallbackQuery": edit.answer_callback_query,
    "setMyCommands": bot.set_my_commands,
    "getMyCommands": bot.get_my_commands,
    "deleteMyCommands": bot.delete_my_commands,
    "setMyName": bot.set_my_name,
    "getMyName": bot.get_my_name,
    "setMyDescription": bot.set_my_description,
    "getMyDescription": bot.get_my_description,
    "setMyShortDescription": bot.set_my_short_description,
    "getMyShortDescription": bot.get_my_short_description,
    "getFile": bot.get_file,
    "leaveChat": bot.leave_chat,
    "setWebhook": bot.set_webhook,
    "getWebhookInfo": bot.get_webhook_info,
}

# Parameters that change what people see and that the room cannot show; the others either work or change nothing here.
NOT_DONE = frozenset(
    {
        "business_connection_id",
        "message_thread_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "ephemeral_message_parameters",
        "inline_message_id",
        "rich_message",
        "thumbnail",
        "video_start_timestamp",
    }
)


def perform(world: World, asked: Asked) -> object:
    """Do it and return the result; ``BotApiError`` if Telegram would not, or the room cannot."""
    method = METHODS.get(asked.method)
    if method is None:
        raise room_does_not(asked.method)
    for name in sorted(NOT_DONE & asked.args.keys()):
        raise room_does_not(f"{asked.method} with {name}")
    return method(world, asked)
