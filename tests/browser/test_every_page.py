"""What holds on every page, seen by a real browser; each also leaves the console empty (see conftest)."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import House

pytestmark = pytest.mark.browser

OUTSIDE = [
    "/",
    "/api/v1/",
    "/sign-in/",
    "/sign-in/password/",
    "/sign-in/passkey/",
    "/sign-in/link/nothing-here/",
    "/nothing-here/",
]
INSIDE = [
    "/",
    "/inside/",
    "/inside/directory/",
    "/inside/members/1/",
    "/inside/newcomers/?show=all",
    "/inside/newcomers/first-steps/",
    "/inside/profile-fields/",
    "/inside/profile-fields/new/",
    "/account/profile/",
    "/account/notes/",
    "/desk/",
    "/desk/articles/new/",
    "/desk/bridge/",
    "/desk/components/",
    "/desk/engine/",
    "/desk/engine/jobs/",
    "/desk/engine/facts/",
    "/desk/engine/clock/",
    "/inside/search/",
    "/inside/spaces/",
    "/inside/spaces/new/",
    "/inside/circles/",
    "/inside/circles/community/",
    "/inside/circles/new/",
    "/inside/roles/",
    "/inside/roles/new/community/",
    "/account/rights/",
    "/account/rights/ownership/",
    "/inside/promises/",
    "/inside/requests/",
    "/inside/vouches/",
    "/inside/circles/community/questions/",
    "/account/requests/",
    "/desk/promises/?show=kept",
    "/desk/promises/new/",
    "/desk/audit/?act=owner-link-made",
    "/desk/erasures/?who=1",
    "/account/audit/",
    "/account/promises/",
    "/desk/files/",
    "/account/portrait/",
    "/account/leaving/",
    "/account/pause/",
    "/account/removal/",
    "/inside/removals/",
    "/inside/charter/leaving/",
    "/inside/exit-answers/",
    "/account/consents/",
    "/account/holdings/",
    "/account/holdings/tables/people.Session/",
    "/account/holdings/takeout/",
    "/account/holdings/erasure/",
    "/inside/register/",
    "/inside/today/",
    "/inside/members/?name=o",
    "/inside/figures/",
    "/inside/invites/",
    "/inside/invites/new/",
    "/inside/invites/list/",
    "/inside/invites/graph/",
    "/inside/tiers/",
    "/inside/tiers/new/",
    "/inside/tiers/import/",
    "/inside/renewals/",
    "/desk/consents/",
    "/desk/mail/",
    "/desk/suppression/",
    "/desk/backups/",
    "/desk/doctor/",
    "/desk/people/",
    "/desk/webhooks/",
    "/desk/webhooks/new/",
    "/desk/tokens/",
    "/desk/tokens/new/",
    "/account/tokens/",
    "/account/tokens/new/",
    "/sign-out/",
    "/account/",
    "/account/name/",
    "/account/confirm/",
    "/account/address/",
    "/account/password/",
    "/account/passkeys/",
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/recovery-codes/",
]
PAGES = [(path, False) for path in OUTSIDE] + [(path, True) for path in INSIDE]

FAULTS = r"""() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  if (!document.documentElement.lang) faults.push("no language");
  if (!/\bPorch$/.test(document.title)) faults.push(`title: ${document.title}`);
  if (!document.querySelector("link[rel=manifest]")) faults.push("no manifest");
  if (all("meta[name=theme-color]").length !== 2) faults.push("theme colours");
  for (const landmark of ["body > header", "body > main#main", "body > footer", "header nav[aria-label]", "h1"])
    if (all(landmark).length !== 1) faults.push(`${all(landmark).length} of ${landmark}`);
  if (document.body.firstElementChild.getAttribute("href") !== "#main") faults.push("no skip link first");
  let level = 0;
  for (const heading of all("h1, h2, h3, h4")) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) say(`from h${level} to h${next}`, heading);
    level = next;
  }
  const ids = all("[id]").map((each) => each.id);
  for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) faults.push(`twice: #${id}`);
  for (const input of all("input:not([type=hidden]), select, textarea"))
    if (!input.labels.length && !input.ariaLabel) say("no label", input);
  for (const each of all("[aria-describedby], [aria-labelledby]"))
    for (const name of ["aria-describedby", "aria-labelledby"])
      for (const id of (each.getAttribute(name) ?? "").split(" ").filter(Boolean))
        if (!ids.includes(id)) say(`${name} points nowhere`, each);
  for (const each of all("a, button, summary"))
    if (!each.textContent.trim() && !each.ariaLabel) say("nameless", each);
  for (const image of all("img:not([alt]), svg:not([aria-hidden])")) say("neither named nor hidden", image);
  for (const each of all("*"))
    for (const { name } of each.attributes) if (name.startsWith("on") || name === "style") say("inline", each);
  for (const script of all("script")) if (!script.src || !script.nonce) say("inline script", script);
  return faults;
}"""

# A link within running text may be as high as its line, and a card's covers the card; what else one presses is
# a target of at least 24 pixels.
SMALL = r"""() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
  .filter((each) => each.checkVisibility() && !each.closest("p, .prose, dialog, .notice li, .sample > h2, .card-title"))
  .map((each) => (["checkbox", "radio"].includes(each.type) ? each.labels[0] : each))
  .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 100)])
  .filter(([box]) => Math.round(box.width) < 24 || Math.round(box.height) < 24)
  .map(([box, html]) => `${box.width} x ${box.height}: ${html}`)"""


@pytest.fixture(params=PAGES, ids=lambda each: f"{each[0]} {'signed in' if each[1] else 'as a stranger'}")
def page(request: pytest.FixtureRequest, house: House) -> Page:
    path, signed_in = request.param
    with house.visit(signed_in=signed_in, viewport={"width": 360, "height": 740}) as page:
        page.goto(path)
        yield page


def test_a_page_is_well_built_and_fits_a_small_telephone(page: Page) -> None:
    assert page.evaluate(FAULTS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL) == []


def test_an_article_of_long_words_and_wide_code_fits_too(house: House) -> None:
    text = f"{'wide' * 60}\n\n```\n{'code ' * 60}\n```\n\n| {' | '.join(['column'] * 12)} |\n|{'---|' * 12}\n"
    with house.visit(signed_in=True, viewport={"width": 360, "height": 740}) as page:
        page.goto("/desk/articles/new/")
        page.fill("#title", "W" * 120)
        page.fill("#source", text)
        page.click("text=Publish")
        page.wait_for_url("**/articles/**")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.goto("/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_front_page_is_light(outside: Page) -> None:
    answers = []
    outside.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - wants a function of Python
    outside.goto("/", wait_until="networkidle")
    assert len(answers) <= 9
    assert sum(len(answer.body()) for answer in answers) < 100_000, "bytes, before compression"
