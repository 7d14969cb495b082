"""Nothing leaves this computer, and nothing foreign gets in."""

from tests.browser.handset import Handset
from tests.browser.marks import IN_BROWSER
from tests.browser.pages import Visit

pytestmark = IN_BROWSER

#: Asks another address for something, as foreign code would; says which rule of the page's policy forbade it.
ASK_ELSEWHERE = """() => new Promise((forbidden) => {
  document.addEventListener('securitypolicyviolation', (event) => forbidden(event.effectiveDirective));
  fetch('http://127.0.0.2:9/').catch(() => {});
})"""
RUN_FOREIGN_CODE = """() => new Promise((forbidden) => {
  document.addEventListener('securitypolicyviolation', (event) => forbidden(event.effectiveDirective));
  const script = document.createElement('script');
  script.textContent = 'globalThis.ran = true';
  document.body.append(script);
})"""


async def test_all_that_the_page_asks_for_comes_from_this_computer(desk: Visit, at_desk: Handset) -> None:
    await at_desk.joins()
    await at_desk.takes("B")
    await at_desk.taps("Debrief", "Next", "Urgent help", "Carry on")
    assert len(desk.asked) > 30
    assert desk.strangers == set()
    assert desk.complaints == []


async def test_every_file_of_the_page_travels_under_a_strict_policy(desk: Visit) -> None:
    files = ["/", *(url for url in desk.asked if "/page/" in url)]
    assert len(files) > 20
    for file in files:
        answer = await desk.page.request.get(file)
        rules = answer.headers["content-security-policy"].split("; ")
        assert "default-src 'none'" in rules
        assert "script-src 'self'" in rules
        assert "connect-src 'self'" in rules
        assert not [rule for rule in rules if "unsafe" in rule or "http" in rule or "*" in rule]


async def test_the_browser_keeps_to_the_policy(desk: Visit) -> None:
    assert await desk.page.evaluate(ASK_ELSEWHERE) == "connect-src"
    assert await desk.page.evaluate(RUN_FOREIGN_CODE) == "script-src-elem"
    assert await desk.page.evaluate("() => globalThis.ran ?? false") is False
    desk.asked[:] = [url for url in desk.asked if "127.0.0.2" not in url]
    desk.forgive("Content Security Policy")
