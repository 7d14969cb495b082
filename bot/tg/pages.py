"""The screens beside a run: welcome, what is best now, the shelf, progress, privacy, help and the exits."""

from collections.abc import Iterable, Mapping, Sequence

from bot.app.looking import Look, Mine
from bot.core.help import Contact, NationHelp
from bot.core.ids import Day, ScenarioId
from bot.core.moments import day_name, week_name
from bot.core.scenario import Nation
from bot.core.shelf import Shelf
from bot.core.suggest import Suggestion, Why
from bot.store.people import Person
from bot.store.steps import Level, Practice
from bot.tg import markup
from bot.tg.commands import COMMANDS
from bot.tg.payloads import Exit, Go, Open, Page
from bot.tg.screen import MAX_TEXT, Button, Screen, units
from bot.tg.texts import say

_EXIT_TEXTS = {
    Exit.URGENT: "exit_urgent",
    Exit.TOLD: "exit_told",
    Exit.GOT_TO_ME: "exit_got_to_me",
    Exit.UNDER_18: "exit_under_18",
}


def welcome() -> Screen:
    """For somebody of whom nothing is kept."""
    return Screen(say("welcome"), markup.nations())


def back(person: Person) -> Screen:
    """/start by somebody who has joined."""
    assert person.nation is not None
    role = markup.ROLES[person.role].lower() if person.role else None
    change = (Button("Change nation", Go(Page.NATIONS)), Button("Change role", Go(Page.ROLES)))
    text = say("back", nation=markup.NATIONS[person.nation], role=role)
    return Screen(text, ((markup.PRACTISE, markup.SCENARIOS), change))


def nations() -> Screen:
    """Choose a nation again."""
    return Screen(say("nations"), markup.nations())


def roles(nation: Nation) -> Screen:
    """Choose a role, or none."""
    return Screen(say("roles", nation=markup.NATIONS[nation]), markup.roles())


def suggestion(shelf: Shelf, found: Suggestion, *, due: Day | None, waiting: bool) -> Screen:
    """What is best practised now; `waiting`: only its debrief is left."""
    scenario = shelf.scenarios[found.scenario]
    label = "Carry on" if found.why is Why.CARRY_ON else "Open"
    text = say(
        "suggestion",
        scenario=scenario,
        why=found.why.name,
        waiting=waiting,
        due=day_name(due) if due else None,
    )
    return Screen(text, ((Button(label, Open(scenario.id)), markup.SCENARIOS),), scenario.id)


def progress(seen: Look, shelf: Shelf) -> Screen:
    """A practitioner's own picture."""
    practices = [practice for id, practice in seen.practices.items() if id in shelf.scenarios]
    entries = [(shelf.scenarios[practice.scenario].title, _state(seen, practice)) for practice in practices]
    done = [shelf.scenarios[p.scenario] for p in practices if p.level is Level.FINISHED]
    skills = dict.fromkeys(shelf.skills[skill].name for scenario in done for skill in scenario.skills)
    return Screen(
        say("progress", entries=entries, skills=list(skills)), ((markup.PRACTISE, markup.SCENARIOS),)
    )


def privacy() -> Screen:
    """What is promised, and what cannot be."""
    return Screen(say("privacy"), ((markup.PRACTISE,),))


def my_data(found: Mine | None) -> list[Screen]:
    """Everything held about somebody; more than one screen when one message cannot hold it."""
    if found is None:
        return [Screen(say("mydata_none"))]
    person = found.look.person
    entries = [
        _entry(practice, found.titles[id], found.choices[id]) for id, practice in found.look.practices.items()
    ]
    weeks = [week_name(week) for week in found.weeks]
    told: list[Screen] = []
    part: list[dict[str, object]] = []
    for entry in entries:
        whole = _my_data(person, [*part, entry], weeks=weeks, first=not told)
        if part and units(whole.text) > MAX_TEXT:
            told.append(_my_data(person, part, weeks=weeks, first=not told))
            part = []
        part.append(entry)
    return [*told, _my_data(person, part, weeks=weeks, first=not told)]


def forget(today: Day) -> Screen:
    """Asks once more; the answer is good for this day."""
    return Screen(say("forget"), markup.forget(today))


def unfinished(today: Day) -> Screen:
    """Being forgotten was begun, and is not finished yet."""
    return Screen(say("unfinished"), markup.forget(today)[:1])


def forgotten() -> Screen:
    """It is done."""
    return Screen(say("forgotten"))


def stopped() -> Screen:
    """A pause costs nothing."""
    return Screen(say("stop"), ((markup.CARRY_ON,),))


def help_() -> Screen:
    """How this works."""
    return Screen(say("help", commands=COMMANDS), ((markup.PRACTISE, markup.SCENARIOS),))


def typed(nation: NationHelp | None, *, deleted: bool) -> Screen:
    """The one reply to whatever is typed or sent."""
    helpline = _helpline(nation.urgent.contacts) if nation else None
    return Screen(
        say("typed", helpline=helpline, deleted=deleted), ((Button("No, carry on", Go(Page.CARRY_ON)),),)
    )


def unknown_command() -> Screen:
    """A command that does not exist."""
    return Screen(say("unknown_command", commands=COMMANDS), ((markup.CARRY_ON,),))


def wrong_button() -> Screen:
    """A button that nobody made for this person."""
    return Screen(say("wrong_button"), ((markup.PRACTISE, markup.SCENARIOS),))


def sorry() -> Screen:
    """A bug of ours."""
    return Screen(say("sorry"))


def exit_(by: Exit, shelf: Shelf, nation: Nation | None, whence: ScenarioId | None) -> Screen:
    """One of the four exits. Whoever is under 18 is offered no way on into the practice."""
    found = shelf.help[nation or Nation.ENGLAND]
    exits = {
        Exit.URGENT: found.urgent,
        Exit.TOLD: found.told,
        Exit.GOT_TO_ME: found.got_to_me,
        Exit.UNDER_18: found.under_18,
    }
    text = say(
        _EXIT_TEXTS[by],
        exit=exits[by],
        nation=markup.NATIONS[nation] if nation else None,
    )
    on = Button("Carry on", Open(whence)) if whence else markup.CARRY_ON
    # Not even the sources for whoever is under 18: from there the practice is one tap away.
    rows = () if by is Exit.UNDER_18 else ((on, Button("Law and sources", Go(Page.LAW))),)
    return Screen(text, rows, whence)


def law(shelf: Shelf, nation: Nation | None) -> Screen:
    """The nation's legal sentences, and where each contact comes from."""
    if nation is None:
        return nations()
    found = shelf.help[nation]
    exits = (found.urgent, found.told, found.got_to_me, found.under_18)
    contacts = dict.fromkeys(contact for exit_ in exits for contact in exit_.contacts)
    text = say("law", nation=markup.NATIONS[nation], laws=list(found.law.values()), contacts=list(contacts))
    return Screen(text, ((markup.CARRY_ON,),))


def _state(seen: Look, practice: Practice) -> str:
    parts = []
    if practice.level is Level.FINISHED:
        parts.append("practised")
    if seen.running(practice.scenario):
        parts.append("under way")
    if seen.waiting(practice.scenario):
        parts.append("debrief waiting")
    if practice.due is not None:
        parts.append(f"comes back on {day_name(practice.due)}")
    return ", ".join(parts) or "opened"


def _entry(practice: Practice, title: str, choices: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {
        "title": title,
        "level": "Finished at least once; last changed"
        if practice.level is Level.FINISHED
        else "Begun; last changed",
        "week": week_name(practice.week),
        "attempts": f"attempt number {practice.attempt}",
        "due": day_name(practice.due) if practice.due is not None else None,
        "sound": practice.rung,
        "taken": choices,
    }


def _my_data(
    person: Person, entries: Sequence[Mapping[str, object]], *, weeks: Sequence[str], first: bool
) -> Screen:
    text = say(
        "mydata",
        first=first,
        chat=person.telegram_id,
        nation=markup.NATIONS[person.nation] if person.nation else None,
        role=markup.ROLES[person.role] if person.role else None,
        week=week_name(person.last_seen),
        weeks=weeks,
        blocked=day_name(person.unreachable_since) if person.unreachable_since is not None else None,
        entries=entries,
    )
    return Screen(text, ((markup.CARRY_ON,),))


def _helpline(contacts: Iterable[Contact]) -> Contact | None:
    return next((contact for contact in contacts if contact.number and "NSPCC" in contact.name), None)
