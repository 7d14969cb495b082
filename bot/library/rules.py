"""The rules about files by their names, beside those about stories: what each asks, and what mends it."""

from collections.abc import Mapping
from typing import Final

from bot.core.proofs.rules import RULES, Rule
from bot.core.proofs.variants import VARIANT_RULES

FILE_RULES: Final[Mapping[str, Rule]] = {
    "yaml": Rule(
        "Every file is there and can be read: plain YAML in UTF-8, within the limits.",
        "Mend this line first; what stands below it cannot be judged before.",
    ),
    "limits": Rule(
        "A file is read within its limits: 256 KB for a scenario, 5 seconds and 256 MB of memory for any.",
        "Make it smaller; a story is never as large as this.",
    ),
    "import": Rule(
        "A file from another tool is whole, and of a kind that is read.",
        "Save it anew in the tool that it comes from.",
    ),
    "form": Rule(
        "Every name is known, and every value has its kind and its length.",
        "See 'A scenario, line by line' in content/README.md, or let your editor complete it: bothand schema.",
    ),
    "name": Rule(
        "Whatever is named exists: scenes, endings, variables, skills, sources, legal sentences.",
        "Use a name that stands in the file, or in the one that it is kept in.",
    ),
    "id": Rule(
        "An id stands for one thing, and a folder has its scenario's id.",
        "Give it an id of its own; ids that are in use already never change.",
    ),
    "way": Rule(
        "Of several ways, each but the last has a 'when', and the last has none.",
        "Move the way without a 'when' to the end.",
    ),
    "bounds": Rule(
        "A variable stays between its 'from' and its 'to'.",
        "Use a value between them, or widen them under 'variables'.",
    ),
    "walk": Rule(
        "The walks good, middling and poor are there, and every walk plays to its ending.",
        "Record it anew: bothand walk SCENARIO --record NAME --anew.",
    ),
    "review": Rule(
        "A checklist lies beside every scenario, with an answer to each of its items.",
        "Copy another scenario's checklist.yaml and answer it anew, by eyes that did not write the scenario.",
    ),
    "help": Rule(
        "Every nation has every exit, every contact a way to reach it, and every legal sentence its text.",
        "See the help of another nation.",
    ),
}

WORD_RULES: Final[Mapping[str, Rule]] = {
    "blame": Rule(
        "The bot's own voice never puts the blame on a child.", "Write the better words that are named."
    ),
    "blame-spoken": Rule(
        "Somebody in the story says such words only where they are to be challenged, and marked so.",
        "Mark them with 'challenges', or write the better words.",
    ),
    "blame-own-words": Rule(
        "A young person says such words of themselves only where they are to be challenged, and marked so.",
        "Mark them with 'challenges', or write other words.",
    ),
    "blame-rewarded": Rule(
        "An option whose words blame is never stronger on voice.", "Rate it lower, or write other words."
    ),
    "blame-challenged": Rule(
        "Where such words are marked, a reviewer sees whether they are challenged.", "Look whether they are."
    ),
    "mark-idle": Rule("Under 'challenges' stand only words that somebody there says.", "Take the mark out."),
    "plain-text": Rule("Texts are plain: no markup and no links.", "Take it out."),
    "long-sentence": Rule("A sentence has at most 25 words, and never more than 35.", "Make it two."),
    "reading-age": Rule(
        "A screen asks for a reading age of 11 years or less, and never for more than 14.",
        "Use shorter sentences and shorter words.",
    ),
    "screen-length": Rule(
        "A screen has at most 2,200 characters as the bot shows it, and never more than 2,800.",
        "Shorten its texts, or the because and the change of the option before it.",
    ),
    "telegram-limit": Rule(
        "No message is longer than Telegram takes: 4,096 characters as read.",
        "Shorten its texts, or the because and the change of the option before it.",
    ),
    "screens-unseen": Rule("Every screen can be measured.", "Use fewer variables, or smaller ones."),
}

RELEASE_RULES: Final[Mapping[str, Rule]] = {
    "checked": Rule(
        "Every number and every legal sentence was checked live, at most 60 days ago. Whoever is named without a "
        "number is looked up live and needs no day.",
        "Look it up on the organisation's own page, correct what has changed, and write the day after 'checked_on'; "
        "never ring 999 to try it. Or take a number out, and say after 'link' whom to look up.",
    ),
    "review-no": Rule(
        "No review answers 'no' to an item that stops publication.",
        "Change the scenario, and have it reviewed anew.",
    ),
    "sign-off": Rule(
        "Two named people of the organisation that runs the bot have signed the scenario. That they have not is told, "
        "and is no fault.",
        "Two named people sign under 'sign_off': a safeguarding lead, and a practitioner of that role.",
    ),
}

#: Every rule that a fault or a prompt may name, but for the questions of prompts.yaml.
EVERY_RULE: Final[Mapping[str, Rule]] = {
    **FILE_RULES,
    **RULES,
    **VARIANT_RULES,
    **WORD_RULES,
    **RELEASE_RULES,
}
