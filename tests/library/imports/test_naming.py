"""Ids made from whatever somebody called a thing elsewhere."""

from bot.library.imports.naming import ID_LENGTH, Names


def test_the_first_of_a_name_keeps_it_and_each_further_one_gets_a_mark_of_its_own() -> None:
    names = Names("scene")
    assert names.id("The bus stop") == "the-bus-stop"
    second, third = names.id("The bus stop"), names.id("The bus stop")
    assert len({"the-bus-stop", second, third}) == 3
    assert second.startswith("the-bus-stop-")


def test_the_same_names_in_the_same_order_give_the_same_ids() -> None:
    told = ["a", "a", "", "A!", "a", ""]
    one, other = Names("scene"), Names("scene")
    assert [one.id(name) for name in told] == [other.id(name) for name in told]


def test_a_name_that_stands_seventy_thousand_times_gets_seventy_thousand_ids() -> None:
    """More than a mark of four digits can tell apart, and the last is found as fast as the first."""
    names = Names("option")
    ids = {names.id("a") for _ in range(70_000)}
    assert len(ids) == 70_000
    assert max(map(len, ids)) <= ID_LENGTH
