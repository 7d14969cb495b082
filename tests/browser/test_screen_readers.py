"""What somebody hears who does not see the page."""

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.handset import EXITS, Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import Visit

pytestmark = IN_BROWSER

#: Hears what a screen reader would say of its own accord: whatever is added inside a live region.
LISTEN = """() => {
  globalThis.heard = [];
  const live = '[aria-live], [role=log], [role=status], [role=alert]';
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const region = target.closest?.(live);
      if (!region || region.ariaLive === 'off' || target.closest('[aria-hidden=true]')) continue;
      for (const node of addedNodes) globalThis.heard.push(node.textContent.trim());
    }
  }).observe(document.body, { subtree: true, childList: true });
}"""
NAMED = {"button", "link", "textbox", "log", "dialog"}


async def heard(page: Page) -> list[str]:
    """Everything said so far."""
    found: list[str] = await page.evaluate("() => globalThis.heard")
    return [text for text in found if text]


async def spoken_tree(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything in the browser's own accessibility tree."""
    session = await page.context.new_cdp_session(page)
    tree: dict[str, Any] = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    return [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in tree["nodes"]
        if not node["ignored"]
    ]


async def test_the_page_has_a_language_headings_and_landmarks(desk: Visit) -> None:
    page = desk.page
    somebody = await desk.new_person()
    name = await somebody.phone.get_by_role("heading", level=2).inner_text()
    assert await page.locator("html").get_attribute("lang") == "en-GB"
    await expect(page).to_have_title("Both/And · practice room")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Both/And · practice room")
    await expect(page.get_by_role("banner")).to_have_count(1)
    await expect(page.get_by_role("main")).to_have_accessible_name("Phones")
    await expect(page.get_by_role("region", name="The room’s clock")).to_be_visible()
    await expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
    await expect(somebody.phone.get_by_role("heading", name="Both/And", level=3)).to_be_visible()


async def test_a_scene_is_read_out_with_its_letters_and_exits_as_buttons(at_desk: Handset) -> None:
    await at_desk.joins()
    await expect(at_desk.phone.get_by_role("log")).to_have_attribute("aria-live", "polite")
    await expect(at_desk.phone.get_by_role("log")).to_have_accessible_name(re.compile(r"^.+ and Both/And$"))
    await expect(at_desk.newest).to_match_aria_snapshot("""
      - article:
        - text: "/Both\\/And:/"
        - strong: Stacking chairs
        - blockquote
        - group "Buttons of this message":
          - button "A"
          - button "B"
          - button "C"
          - button "D"
          - button "Urgent help"
          - button "A child told me"
          - button "This got to me"
          - button "I am under 18"
    """)
    tree = await spoken_tree(at_desk.page)
    buttons = [name for role, name in tree if role == "button"]
    for label in ("A", "B", "C", "D", *EXITS, "Send", "Commands", "New person", "+1 week", "Back to now"):
        assert label in buttons
    assert [role for role, name in tree if role in NAMED and not name] == []


async def test_every_message_is_read_out_once_and_what_a_tap_has_used_up_not_again(at_desk: Handset) -> None:
    await at_desk.joins()
    await at_desk.page.evaluate(LISTEN)
    for letter in ("B", "A"):
        scene = at_desk.message(await at_desk.number())
        await at_desk.taps(letter)
        await expect(scene).to_contain_text(f"You took {letter}.")
    said = [text for text in await heard(at_desk.page) if not re.fullmatch(r"(edited\s*)?\d\d:\d\d", text)]
    assert [text.partition(":")[0] for text in said] == ["Both/And", "Both/And"]
    assert "B, here and with Samir" in said[0]
    assert "A, here and with Samir" in said[1]


async def test_a_toast_is_read_out_once(at_desk: Handset) -> None:
    await at_desk.joins()
    await at_desk.page.evaluate(LISTEN)
    scene = at_desk.message(await at_desk.number())
    # Two buttons of one screen in the same instant: the second comes too late, whichever that is.
    await scene.evaluate(
        "message => message.querySelectorAll('button').forEach((b, at) => at < 2 && b.click())"
    )
    toast = "That was an earlier screen. Here is where you are."
    await expect(at_desk.phone.get_by_test_id("toast")).to_have_text(toast)
    said = [text for text in await heard(at_desk.page) if toast in text]
    assert len(said) == 1
    assert said[0] in await at_desk.page.get_by_test_id("status").inner_text()
