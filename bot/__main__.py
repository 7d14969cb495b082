"""`python -m bot` is `bothand`."""

from bot.cli import main

main()
