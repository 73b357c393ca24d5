"""The policy in a real browser: what was not served with this page's nonce does not run."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TRY = """async (html) => {
  const blocked = new Promise((done) => document.addEventListener(
    "securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true }));
  const part = document.createRange().createContextualFragment(html);
  document.body.append(part);
  return await Promise.race([blocked, new Promise((done) => setTimeout(() => done("not blocked"), 1500))]);
}"""


@pytest.mark.parametrize(
    ("html", "directive"),
    [
        ("<script>window.ran = 1</script>", "script-src-elem"),
        ("<img src='data:,' onerror='window.ran = 1'>", "script-src-attr"),
        ("<p style='color: red'>x</p>", "style-src-attr"),
        ("<style>p { color: red }</style>", "style-src-elem"),
        ("<iframe src='https://example.org/'></iframe>", "frame-src"),
        ("<img src='https://example.org/x.png'>", "img-src"),
        ("<script src='/static/none/js/porch.js'></script>", "script-src-elem"),
    ],
)
def test_what_slips_into_a_page_does_nothing(outside: Page, house: object, html: str, directive: str) -> None:
    outside.goto("/sign-in/")
    assert outside.evaluate(TRY, html) == directive
    assert outside.evaluate("window.ran") is None
    house.complaints.clear()  # type: ignore[attr-defined]  # the console does complain, as it should


def test_modules_fetched_by_a_module_run(outside: Page) -> None:
    outside.goto("/")
    outside.get_by_label("Dark").check()
    assert outside.evaluate("document.documentElement.dataset.theme") == "dark"
