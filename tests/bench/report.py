"""A figure, what it has to be, and how figures are shown."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """``ratio`` is Porch against the reference; ``low`` and ``high`` are its extremes over the rounds."""

    name: str
    value: float
    reference: float | None
    ratio: float | None
    unit: str
    wanted: str
    met: bool
    low: float | None = None
    high: float | None = None
    note: str = ""

    def entry(self) -> dict[str, float | str | None]:
        numbers = {"value": self.value, "reference": self.reference, "ratio": self.ratio}
        rounded = {name: None if n is None else float(f"{n:.4g}") for name, n in numbers.items()}
        return {**rounded, "unit": self.unit}


def compare(name: str, unit: str, rounds: list[tuple[float, float]], **bound: float) -> Figure:
    """Make a figure of (Porch, reference) pairs, each measured one right after the other.

    The ratio is the median of the rounds' own ratios. ``least`` or ``most`` bounds it.
    """
    ratios = [ours / theirs for ours, theirs in rounds]
    ratio = median(ratios)
    wanted, met = judge(ratio, "x", **bound)
    return Figure(
        name,
        median(ours for ours, _ in rounds),
        median(theirs for _, theirs in rounds),
        ratio,
        unit,
        wanted,
        met,
        min(ratios),
        max(ratios),
    )


def judge(
    number: float, unit: str, *, least: float | None = None, most: float | None = None
) -> tuple[str, bool]:
    """Say in words what is wanted, and whether it is so."""
    if least is not None:
        return f"≥ {least:g} {unit}", number >= least
    assert most is not None
    return f"≤ {most:g} {unit}", number <= most


def table(figures: list[Figure]) -> str:
    head = ("figure", "Porch", "reference", "unit", "ratio", "(low to high)", "wanted", "")
    rows = [head, *(row(each) for each in figures)]
    widths = [max(len(cells[n]) for cells in rows) for n in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows
    ]
    notes = [f"  {each.name}: {each.note}" for each in figures if each.note]
    return "\n".join(line.rstrip() for line in [lines[0], "─" * len(lines[0]), *lines[1:], *notes])


def row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    spread = "" if figure.low is None else f"({figure.low:.2f} to {figure.high:.2f})"
    mark = "✓" if figure.met else "✗ MISSED"
    return (
        figure.name,
        short(figure.value),
        short(figure.reference),
        figure.unit,
        ratio,
        spread,
        figure.wanted,
        mark,
    )


def short(number: float | None) -> str:
    if number is None:
        return "-"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def write_json(figures: list[Figure], path: Path) -> None:
    """Keep the figures of one run, in place of those of the last."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({each.name: each.entry() for each in figures}, indent=2, ensure_ascii=False) + "\n"
    )
