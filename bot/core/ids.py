"""Own types for every identifier, so that one cannot stand where another is meant."""

from typing import NewType

ScenarioId = NewType("ScenarioId", str)
SceneId = NewType("SceneId", str)
OptionId = NewType("OptionId", str)
EndingId = NewType("EndingId", str)
SkillId = NewType("SkillId", str)

#: SHA-256 (hex) of a scenario's canonical form: what was signed off is what is sent.
Edition = NewType("Edition", str)

#: A person's or chat's number at Telegram. It becomes a `Tag` at the edge and goes no further.
TelegramId = NewType("TelegramId", int)
#: Keyed pseudonym of a person in the vault: 16 bytes.
Tag = NewType("Tag", bytes)
#: Keyed pseudonym of a person in one scenario: 16 bytes, another one for every scenario.
Pid = NewType("Pid", bytes)
#: 16 random bytes of a person, kept in their sealed box; destroying them unlinks all their progress.
Salt = NewType("Salt", bytes)

#: Name of a cohort's row: those who joined with one code.
CohortId = NewType("CohortId", str)

#: Whole weeks since Monday, 5 January 1970 (UTC): the finest time that is kept in the clear.
Week = NewType("Week", int)
#: Whole days since 1 January 1970 (UTC).
Day = NewType("Day", int)
