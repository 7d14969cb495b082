"""A scenario in the terminal, for authors: no bot, no store, nothing kept."""
