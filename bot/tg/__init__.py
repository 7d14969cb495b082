"""What Telegram says and shows: the asynchronous edge of the bot."""
