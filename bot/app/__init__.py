"""What the bot can do, whoever asks: plain functions of one transaction."""
