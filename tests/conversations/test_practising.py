"""A scenario as a chat, from its opening to its debrief."""

from datetime import timedelta

from tests.conversations.conftest import Chat, World
from tests.shipped import shipped

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]


async def to_the_end(chat: Chat, letter: str = "A") -> int:
    """Takes the same letter until the debrief is offered; how many decisions that took."""
    turns = 0
    while "Debrief" not in chat.sees:
        await chat.taps(letter)
        turns += 1
        assert turns <= 6
    return turns


async def test_a_tap_shows_what_was_taken_what_changes_and_how_it_rates(joined: Chat) -> None:
    before = joined.phone.screen
    await joined.taps("B")
    tapped = next(message for message in joined.phone.messages if message.message_id == before.message_id)
    assert tapped.text.endswith("You took B.")
    assert "✔ B" in tapped.text
    assert tapped.buttons == []
    for words in (
        "What changes",
        "B, here and with Samir",
        "Protects: stronger",
        "Voice: stronger",
        "Draws on",
        "Trains:",
    ):
        assert words in joined.reads
    assert joined.sees[:2] == ["A", "B"]


async def test_every_screen_of_a_run_has_the_four_exits_below_its_options(joined: Chat) -> None:
    while "Debrief" not in joined.sees:
        assert joined.sees[-4:] == EXITS
        assert [len(row) for row in joined.phone.screen.buttons[1:]] == [2, 2]
        await joined.taps("B")
    assert joined.sees == ["Debrief", *EXITS]


async def test_the_override_says_the_law_of_the_nation_that_was_chosen(world: World) -> None:
    shelf = shipped()
    for name, help_ in zip(
        ("England", "Wales", "Scotland", "Northern Ireland"), shelf.help.values(), strict=True
    ):
        chat = world.chat()
        await chat.types("/start")
        await chat.taps(name, "Education", "Begin", "B", "D", "A", "C")
        assert "Danger now is never traded" in chat.reads
        assert help_.law["reporting"].text in chat.reads


async def test_the_debrief_shows_the_path_the_thoughts_the_road_not_taken_and_a_question(
    joined: Chat,
) -> None:
    turns = await to_the_end(joined, "B")
    assert 4 <= turns <= 6
    await joined.taps("Debrief")
    for number in range(1, turns + 1):
        assert f"{number} · " in joined.reads
    assert joined.reads.count("Samir thought:") == turns
    for words in (
        "The road not taken",
        "Samir, some time later",
        "For supervision",
        "Talk about it with a colleague",
    ):
        assert words in joined.reads
    assert joined.sees == ["Try another way", "Next", *EXITS]


async def test_another_way_begins_the_same_scenario_again(joined: Chat) -> None:
    first = joined.reads
    await to_the_end(joined)
    await joined.taps("Debrief", "Try another way")
    assert joined.reads == first


async def test_next_drops_the_choices_and_offers_what_is_best_now(joined: Chat) -> None:
    await to_the_end(joined)
    await joined.types("/mydata")
    assert "These choices go when you move on" in joined.reads
    await joined.taps("Debrief", "Next")
    assert "Promise you won’t tell" not in joined.reads
    await joined.types("/mydata")
    assert "Promise you won’t tell" in joined.reads
    assert "These choices" not in joined.reads


async def test_coming_back_hours_later_goes_on_at_the_very_same_scene(world: World, joined: Chat) -> None:
    await joined.taps("B")
    left = joined.reads
    await joined.types("pause")
    assert "nothing is lost" in joined.reads
    await world.end()
    world.room.clock.forward(timedelta(hours=9))
    world.start()
    await joined.types("/practise")
    assert "You are in the middle of this one." in joined.reads
    await joined.taps("Carry on")
    assert joined.reads == left


async def test_the_old_keyboard_still_works_after_a_long_pause(world: World, joined: Chat) -> None:
    world.room.clock.forward(timedelta(days=3))
    await joined.taps("B")
    assert "What changes" in joined.reads


async def test_a_double_tap_counts_once_and_is_only_a_toast(world: World, joined: Chat) -> None:
    message = joined.phone.screen.message_id
    await joined.phone.press("B", message_id=message, wait=False)
    await joined.phone.press("B", message_id=message, wait=False)
    await joined.phone.settles()
    assert joined.toast == "That is taken already. Your next screen is below."
    assert joined.count("B, here and with Samir") == 1


async def test_a_button_of_an_earlier_screen_changes_nothing_and_shows_where_they_are(joined: Chat) -> None:
    old = joined.phone.screen.message_id
    stale = joined.payload("A")
    await joined.taps("B", "D")
    newest = joined.reads
    await joined.phone.tap_raw(stale, message_id=old)
    assert joined.toast == "That was an earlier screen. Here is where you are."
    assert joined.reads == newest


async def test_a_forged_button_changes_nothing_and_is_answered_kindly(joined: Chat) -> None:
    scene = joined.phone.screen
    good = joined.payload("A")
    letters = good.split(":")
    for forged in (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "x",
        ":",
        ":".join(["c", "nowhere", *letters[2:]]),
        "é" * 20,
    ):
        await joined.phone.tap_raw(forged, message_id=scene.message_id)
        assert "That button is no longer in use." in joined.reads
    await joined.taps("B")
    assert "B, here and with Samir" in joined.reads


async def test_somebody_elses_button_is_a_forged_one(world: World, joined: Chat) -> None:
    other = world.chat()
    await other.types("/start")
    theirs = joined.payload("A")
    await other.phone.tap_raw(theirs, message_id=other.phone.screen.message_id)
    assert "That button is no longer in use." in other.reads


async def test_two_people_in_one_scenario_do_not_disturb_each_other(world: World) -> None:
    one, two = world.chat(), world.chat()
    for chat in (one, two):
        await chat.types("/start")
        await chat.taps("England", "Education", "Begin")
    await one.taps("A")
    await two.taps("D")
    assert "A, here and with Samir" in one.reads
    assert "D, here and with Samir" in two.reads
