"""More than one scenario under way, endings whose debrief was not read, and practice that comes round again."""

from datetime import timedelta

from tests.conversations.conftest import Chat, World


async def opens(chat: Chat, title: str) -> None:
    """Opens a scenario from the shelf by its title."""
    await chat.types("/scenarios")
    await chat.taps("Minutes", "1")
    number = next(line.split()[0] for line in chat.reads.splitlines() if title in line)
    await chat.taps(number)


async def to_the_end(chat: Chat) -> None:
    while "Debrief" not in chat.sees:
        await chat.taps("A")


async def test_of_two_runs_the_one_they_were_in_last_goes_on_even_after_a_restart(
    world: World, joined: Chat
) -> None:
    await joined.taps("B")
    await opens(joined, "The fifth worker")
    await joined.taps("Begin", "A")
    await opens(joined, "Promise you won’t tell")
    assert joined.sees[0] == "A"
    await joined.taps("A")
    left = joined.reads
    await world.end()
    world.start()
    for way in ("/practise", "/stop"):
        await joined.types(way)
        await joined.taps("Carry on")
        if "Carry on" in joined.sees:
            assert "Promise you won’t tell" in joined.reads
            await joined.taps("Carry on")
        assert joined.reads == left


async def test_a_debrief_that_was_not_read_is_offered_first(world: World, joined: Chat) -> None:
    await to_the_end(joined)
    ending = joined.reads
    await world.end()
    world.start()
    await joined.types("/practise")
    assert joined.reads.startswith("The debrief of this one is waiting for you.")
    await joined.taps("Carry on")
    assert joined.reads == ending
    await joined.types("/progress")
    assert "debrief waiting" in joined.reads


async def test_after_the_debrief_a_due_scenario_begins_afresh(world: World, joined: Chat) -> None:
    first = joined.reads
    await to_the_end(joined)
    await joined.taps("Debrief")
    world.room.clock.forward(timedelta(days=4))
    await joined.types("/practise")
    assert joined.reads.startswith("This one has come round again.")
    await joined.taps("Open", "Begin")
    assert joined.reads == first


async def test_the_debrief_can_be_read_again_until_they_move_on(joined: Chat) -> None:
    await to_the_end(joined)
    ending, payload = joined.phone.screen.message_id, joined.payload("Debrief")
    await joined.taps("Debrief")
    debrief = joined.reads
    await joined.phone.tap_raw(payload, message_id=ending)
    assert joined.reads == debrief


async def test_an_old_start_again_never_drops_a_run_that_has_gone_on(joined: Chat) -> None:
    await to_the_end(joined)
    await joined.taps("Debrief")
    message, payload = joined.phone.screen.message_id, joined.payload("Try another way")
    await joined.taps("Try another way", "B")
    newest = joined.reads
    await joined.phone.tap_raw(payload, message_id=message)
    assert joined.reads == newest


async def test_yes_to_being_forgotten_is_good_for_its_day_only(world: World, joined: Chat) -> None:
    await joined.types("/forget")
    message, payload = joined.phone.screen.message_id, joined.payload("Yes, remove everything")
    await joined.taps("No, keep it")
    assert joined.sees[0] == "A"
    world.room.clock.forward(timedelta(days=1))
    await joined.phone.tap_raw(payload, message_id=message)
    assert joined.reads.startswith("Shall everything about you be removed?")
    await joined.types("/mydata")
    assert "Promise you won’t tell" in joined.reads
