"""Ids and names: what another tool calls a passage becomes an id of this language, always the same one."""

import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

#: The longest id of a scene, an ending or an option; and of a scenario.
ID_LENGTH: Final = 20
SCENARIO_ID_LENGTH: Final = 18
#: So many of one name get a short mark; four digits would not be enough for all that a file can hold.
MANY: Final = 256

#: Signs that have a meaning inside a link, and what stands for them in a name.
_IN_LINKS: Final = {
    "->": "→",
    "<-": "←",
    "[": "(",
    "]": ")",
    "|": "¦",
    "<": "‹",
    ">": "›",
    "/*": "/ *",
    "/%": "/ %",
}
_META: Final = re.compile(r"->|<-|/\*|/%|[\[\]|<>]")
#: What YAML cannot hold or nobody can see: controls, lone surrogates, marks of direction, this importer's own signs.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000\ue001\ufeff\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]"
)
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


def seen(text: str) -> str:
    """The text without signs that nobody sees, each of its lines ended by a single line feed."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The text on one line, without signs that nobody sees."""
    return " ".join(seen(text).split())


def linkable(name: str) -> str:
    """The name with nothing in it that would end or divide a link, or begin a comment."""
    return one_line(_META.sub(lambda found: _IN_LINKS[found[0]], one_line(name)))


def slug(name: str, most: int = ID_LENGTH) -> str:
    """Small letters, digits and single hyphens, at most `most` of them; empty if the name has none of these."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    cut = whole[:most]
    if len(whole) > most and whole[most] != "-" and cut.rfind("-") >= most // 2:
        cut = cut[: cut.rfind("-")]
    return cut.strip("-")


@dataclass(slots=True)
class Names:
    """The ids that are given away already, all of one kind."""

    kind: str
    taken: set[str] = field(default_factory=set)
    #: How often each name has been asked for, so that the thousandth of a name is found as fast as the second.
    _turns: dict[str, int] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """A free id for `name`: its slug; where that is taken or empty, with a mark made from the whole name."""
        base = slug(name)
        found, turn = base, self._turns.get(name, 0)
        while not found or found in self.taken:
            length = 4 if turn < MANY else 12
            mark = sha256(f"{name}\0{turn}".encode(errors="replace")).hexdigest()[:length]
            found = f"{(base or self.kind)[: ID_LENGTH - length - 1].strip('-')}-{mark}"
            turn += 1
        self._turns[name] = turn
        self.taken.add(found)
        return found
