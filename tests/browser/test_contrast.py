"""Contrast, computed from the tokens themselves: text 4.5:1, edges of what one presses 3:1, in every light."""

import re

import pytest

from porch.web.server.static import FOLDER

TOKENS = (FOLDER / "css/tokens.css").read_text()
CODE = (FOLDER / "css/prose.css").read_text()
COLOUR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
THEMES = ("light", "dark")
Palette = dict[str, str]


def colours(text: str, theme: str) -> Palette:
    return {name: (light, dark)[theme == "dark"] for name, light, dark in COLOUR.findall(text)}


def palette(side: str, theme: str) -> Palette:
    """Give the colours of a side in a theme; inside changes some of those outside."""
    outside, inside = TOKENS.split('[data-side="inside"]')
    held = colours(outside, theme) | colours(CODE, theme)
    return held | colours(inside, theme) if side == "inside" else held


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", ["outside", "inside"])
def test_text_can_be_read(side: str, theme: str) -> None:
    held = palette(side, theme)
    grounds = ["paper", "sheet", "well"]
    pairs = [(ink, ground) for ink in ("ink", "ink-soft", "amber", "green", "red") for ground in grounds]
    pairs += [
        (ink, f"{tone}-wash") for tone in ("amber", "green", "red") for ink in ("ink", "ink-soft", tone)
    ]
    pairs += [(ink, "well") for ink in ("word", "string", "name", "figure")]
    poor = {pair: contrast(held[pair[0]], held[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", ["outside", "inside"])
def test_edges_and_the_focus_can_be_seen(side: str, theme: str) -> None:
    held = palette(side, theme)
    for ground in ("paper", "sheet", "well"):
        assert contrast(held["edge"], held[ground]) >= 3
        assert contrast(held["amber"], held[ground]) >= 3


@pytest.mark.parametrize(("shell", "side"), [("public", "outside"), ("inside", "inside")])
def test_the_browsers_own_bars_have_the_colour_of_the_paper(shell: str, side: str) -> None:
    text = (FOLDER.parent / f"templates/shells/{shell}.html").read_text()
    named = re.findall(r'theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)', text)
    assert named == [(palette(side, theme)["paper"], theme) for theme in THEMES]
