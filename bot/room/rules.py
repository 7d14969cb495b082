"""What the practice room checks, where each rule stands, and what of it is believed rather than verified.

Four levels, each stricter than the one before:

* **Wire** (``wire``, ``forms``): any encoding that Telegram takes; what cannot be read is refused, where Telegram
  goes on without it.
* **Schema** (``schema``, ``schema.json``): unknown, missing and mistyped fields are refused at any depth, in requests,
  answers and updates. Telegram ignores unknown fields and reads ``1`` as true; the room does not, on purpose.
* **Rules** (``texts``, ``html_mode``, ``keyboards``, ``media``, ``methods_*``, ``updates``): Telegram's limits and
  refusals in Telegram's words. Line numbers in comments are those of telegram-bot-api/Client.cpp at 01a3679.
* **Policy** (``policy``): what a well-behaved bot does; looked at when a test ends.

What the room does not do, it says: every other method and parameter is refused with "the practice room does not do …".
There are private chats only: no groups, channels, topics, inline mode, payments, stickers of the bot's own, webhooks.
"""

# For the operator's checklist with a real token. Each is the stricter or the likelier of two readings.
BELIEVED = (
    "Texts and captions are counted in UTF-16 units after parsing; the documentation says characters.",
    "A tap can be answered for 15 seconds; reports say 10 to 15. The update itself waits 150 seconds, as tdlib says.",
    "An edit that is too long is refused as MESSAGE_TOO_LONG, a send as 'message is too long'.",
    "A keyboard with over 100 buttons, or 8 in a row, is refused as 'reply markup is too long'.",
    "A button without a label is refused as 'inline keyboard button text must be non-empty'.",
    "A toast over 200 characters is refused as MESSAGE_TOO_LONG, and any url in an answer to a tap as URL_INVALID.",
    "Names and descriptions that are too long are refused as BOT_TITLE_INVALID and BOT_(SHORT_)DESCRIPTION_INVALID.",
    "Somebody who never wrote to the bot is 'chat not found', and scoped menus for them are refused likewise.",
    "Only six message effects exist; Telegram has more, and may change them.",
    "Blank space is trimmed from the end, and from the beginning up to the first entity.",
    "Style within code is dropped; Telegram may split the outer style around it.",
    "Of the entities that Telegram finds by itself, the room finds commands only.",
    "An empty file is refused as 'file must be non-empty', a large one as 'file is too big'.",
    "A photo that is no picture is refused as IMAGE_PROCESS_FAILED; a photo keeps the one size that it was sent in.",
    'A message older than 48 hours is refused as "message can\'t be deleted for everyone".',
    "Message numbers grow by one over all chats of the bot together.",
    "A person's edit, block or unblock waits a day as an update, like a message.",
    "Flood limits, for which Telegram gives no exact numbers, are not imposed but looked at afterwards.",
    "Unprompted sends may be about 30 a second to different chats, and one a second to one chat.",
    "Up to 10 sends may answer one thing that a person did in the last 10 seconds.",
)
