"""Forms of profiles, read from what was sent and written for templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.dates import MONTHS

from porch.community.profiles.actions import Given
from porch.community.profiles.defining import Asked
from porch.community.profiles.hours import DAY_NAMES, DAYS, clock, read_hours, zones
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField, Visibility
from porch.kit.refusals import Refusal
from porch.kit.text import read_number

# What a field of several inputs is made of; others are one input.
PARTS: dict[str, tuple[str, ...]] = {
    Kind.HOURS: ("zone", *(f"{day}-{end}" for day in DAYS for end in ("from", "to"))),
    Kind.DAY: ("month", "day"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a profile as its form shows it."""

    asked: ProfileField
    texts: Mapping[str, str]
    visibility: str
    refusal: Refusal | None = None
    days: Sequence[tuple[str, object]] = field(
        default_factory=lambda: list(zip(DAYS, DAY_NAMES, strict=True))
    )

    @property
    def name(self) -> str:
        return f"f{self.asked.pk}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [("", "\u2013"), *((each, each) for each in self.asked.options)]

    @property
    def months(self) -> list[tuple[str, str]]:
        return [("", "\u2013"), *((f"{n:02}", str(MONTHS[n])) for n in range(1, 13))]


def zone_choices() -> list[tuple[str, str]]:
    """Give the time zones to choose from."""
    return [("", "\u2013"), *((each, each.replace("_", " ")) for each in zones())]


def given_in(form: QueryDict, fields: Sequence[ProfileField]) -> dict[int, Given]:
    """Read the answers that a form has, by the number of the field; those that it lacks stay as they are."""
    found = {}
    for each in fields:
        name = f"f{each.pk}"
        parts = PARTS.get(each.kind)
        if parts:
            texts = {part: form.get(f"{name}-{part}", "") for part in parts}
            is_there = any(f"{name}-{part}" in form for part in parts)
        else:
            texts, is_there = {"": form.get(name, "")}, name in form
        if is_there:
            found[each.pk] = Given(texts, form.get(f"{name}-seen", ""))
    return found


def inputs(
    fields: Sequence[ProfileField],
    answers: Mapping[int, ProfileAnswer],
    given: Mapping[int, Given],
    problems: Mapping[int, Refusal],
) -> list[Input]:
    """Write the form: what was sent just now, else what is kept."""
    return [
        Input(
            each,
            given[each.pk].texts if each.pk in given else texts_of(each, answers.get(each.pk)),
            (given[each.pk].visibility if each.pk in given else "")
            or (answers[each.pk].visibility if each.pk in answers else each.visibility),
            problems.get(each.pk),
        )
        for each in fields
    ]


def texts_of(asked: ProfileField, answer: ProfileAnswer | None) -> dict[str, str]:
    """Take a kept answer apart into the inputs of its form."""
    if asked.kind == Kind.HOURS:
        texts = dict.fromkeys(PARTS[Kind.HOURS], "")
        if answer is not None:
            hours = read_hours(answer.value)
            texts["zone"] = hours.zone
            for each in hours.windows:
                texts[f"{DAYS[each.day]}-from"], texts[f"{DAYS[each.day]}-to"] = (
                    clock(each.start),
                    clock(each.end),
                )
        return texts
    if asked.kind == Kind.DAY:
        value = answer.value if answer is not None else "-"
        month, day = value.split("-")
        return {"month": month, "day": day.lstrip("0")}
    return {"": answer.value if answer is not None else ""}


def asked_in(form: QueryDict) -> Asked:
    """Read what members shall be asked."""
    return Asked(
        title=form.get("title", ""),
        purpose=form.get("purpose", ""),
        help=form.get("help", ""),
        kind=form.get("kind", ""),
        choices=form.get("choices", ""),
        position=read_number(form.get("position", ""), most_digits=3) or 0,
        visibility=form.get("visibility", Visibility.MEMBERS),
        is_theirs_to_choose=form.get("choose") == "yes",
    )
