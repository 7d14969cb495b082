"""Every command, in the order of the menu, and the plain words that always work."""

from typing import Final

COMMANDS: Final = (
    ("practise", "what is best practised now"),
    ("scenarios", "the whole shelf, by theme, minutes, role or skill"),
    ("skills", "each skill, with an example of what to say"),
    ("progress", "your own picture; nobody else sees it"),
    ("urgent", "a child may be in danger: whom to ring"),
    ("stop", "pause; nothing is lost"),
    ("help", "how this works"),
    ("privacy", "what is promised, and what cannot be"),
    ("mydata", "everything that is held about you"),
    ("forget", "remove everything about you"),
    ("start", "from the beginning; change nation or role"),
)

#: A message of just this word works like the command.
WORDS: Final = {"pause": "stop", "stop": "stop", "help": "help", "urgent": "urgent"}

NAME: Final = "Both/And"
SHORT_DESCRIPTION: Final = (
    "Practice for people who work with children. Not a helpline; nobody reads this chat. Danger now: 999."
)
DESCRIPTION: Final = (
    "Practise building trust with young people at risk of sexual exploitation, a few minutes at a time. "
    "For professionals. Made-up stories, buttons only, nobody is shown your results.\n\n"
    "It is not a helpline, nobody reads this chat, and it cannot pass anything on. Never type details about a real "
    "child. If a child is in danger now, ring 999. Under 18? Childline 0800 1111."
)
