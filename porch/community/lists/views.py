from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porch.community.circles.models import Circle
from porch.community.circles.reads import circles_seen_by
from porch.community.joining.models import Way
from porch.community.lists.actions import delete_set, put_in_circle, save_set, take_list
from porch.community.lists.filtering import BadFilter, MemberFilter, read_filter
from porch.community.lists.models import SavedSet
from porch.community.lists.reads import (
    all_listed,
    circles_to_choose,
    cohorts,
    count_all,
    listed,
    members_per_circle,
    members_per_tier,
    roles_to_choose,
    tiers_to_choose,
)
from porch.community.lists.rights import SEE_MEMBERS
from porch.community.membership.models import Member
from porch.community.payments.figures import payments_per_member
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import having, may, rights_here
from porch.kit.days import day_of
from porch.kit.once import forget_told, tell_once, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal, Text
from porch.kit.spreadsheet import write_sheet
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MOST_CHOSEN = 1_000
PLACED_WITHOUT = "placed-without-"
# The parts of a filter, in the order in which the form has them.
WORDS: dict[str, Text] = {
    "name": gettext_lazy("Name"),
    "circle": gettext_lazy("Circle"),
    "role": gettext_lazy("Role"),
    "tier": gettext_lazy("Tier"),
    "standing": gettext_lazy("How they stand"),
    "joined": gettext_lazy("Month in which they came"),
    "way": gettext_lazy("Way in"),
}
STANDING_WORDS = {
    "here": gettext_lazy("here"),
    "paused": gettext_lazy("on a pause"),
    "suspended": gettext_lazy("suspended"),
}


@having(SEE_MEMBERS)
@require_safe
def show_list(request: SignedInRequest) -> HttpResponse:
    """Every member who fits what is asked for, with how one came and what one is in."""
    wanted, number = wanted_by(request, request.GET), page_number(request)
    return render_list(request, wanted, number)


def render_list(
    request: SignedInRequest, wanted: MemberFilter, number: int = 1, problem: Refusal | None = None
) -> HttpResponse:
    """Show a page of a set, with a problem above it where something was refused."""
    found = wanted.members()
    seen = circles_seen(request)
    rows, has_more = listed(found, number, seen)
    choices = choices_of(seen)
    shown = {
        "wanted": wanted,
        "in_use": filters_set(wanted, choices),
        "members": rows,
        "count": found.count(),
        **{f"{name}s": [("", _("Any")), *several] for name, several in choices.items()},
        "sets": [(each, read_filter(each.wanted).query) for each in SavedSet.objects.order_by("name")],
        "may_place": may(request.user.pk, MANAGE_CIRCLES),
        "told": told(request),
        "left_out": left_out(told(request)),
        "problem": problem,
        **neighbours(request, number, has_more=has_more),
    }
    status = problem.status if problem else 200
    return forget_told(request, render(request, "community/lists/members.html", shown, status=status))


def choices_of(seen: QuerySet[Circle]) -> dict[str, list[tuple[str, str]]]:
    """Give what can be chosen for each part of a filter that is chosen from a list."""
    return {
        "circle": circles_to_choose(seen),
        "role": roles_to_choose(),
        "way": [(value, str(label)) for value, label in Way.choices],
        "tier": tiers_to_choose(),
        "standing": [(key, str(text)) for key, text in STANDING_WORDS.items()],
    }


def filters_set(
    wanted: MemberFilter, choices: dict[str, list[tuple[str, str]]]
) -> list[tuple[Text, str, str]]:
    """Say which parts of a filter are set: what it is, its value in words, and the address without it."""
    told = []
    for name, what in WORDS.items():
        if value := getattr(wanted, name):
            words = dict(choices.get(name, ())).get(value, value)
            told.append((what, words, address_of(wanted.without(name))))
    return told


def circles_seen(request: SignedInRequest) -> QuerySet[Circle]:
    """Give the circles of which whoever asks may know: hidden ones are in no list of theirs."""
    return circles_seen_by(request.user.pk, rights_here(request))


def wanted_by(request: SignedInRequest, said: QueryDict) -> MemberFilter:
    """Read whom somebody asks for. A circle of which they may not know is none. Raises ``BadFilter``."""
    wanted = read_filter(said.dict())
    if wanted.circle and not circles_seen(request).filter(pk=int(wanted.circle)).exists():
        raise BadFilter(what=_("the circle"))
    return wanted


@having(SEE_MEMBERS).recently
@require_safe
def download_list(request: SignedInRequest) -> StreamingHttpResponse:
    """Give the same members as a file, all of them."""
    found = wanted_by(request, request.GET).members()
    take_list(by=request.user, at=now())
    headers = {"Content-Disposition": 'attachment; filename="members.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(
        as_csv(found, circles_seen(request)), content_type="text/csv; charset=utf-8", headers=headers
    )


def as_csv(found: QuerySet[Member], seen: QuerySet[Circle]) -> Iterator[str]:
    """Write members as a sheet."""
    head = [
        "number",
        "name",
        "address",
        "joined (UTC)",
        "circles",
        "roles",
        "tier",
        "standing",
        "way in",
        "brought by",
    ]
    rows = (
        [each.id, each.name, each.address, each.joined_at.isoformat(), "; ".join(each.circles),
         "; ".join(each.roles), each.tier, each.standing, each.way, each.brought_by]
        for each in all_listed(found, seen)
    )  # fmt: skip
    return write_sheet(head, rows)


@having(SEE_MEMBERS)
@require_POST
def change_sets(request: SignedInRequest) -> HttpResponseBase:
    """Save what is asked for as a set, or delete one."""
    wanted = wanted_by(request, QueryDict(request.POST.get("wanted", "")))
    try:
        if number := request.POST.get("delete", ""):
            delete_set(saved=find_set(number), by=request.user, at=now())
            word = "set-deleted"
        else:
            save_set(name=request.POST.get("name", ""), wanted=wanted, by=request.user, at=now())
            word = "set-saved"
    except Refusal as problem:
        if problem.status == 404:
            raise
        return render_list(request, wanted, problem=problem)
    answer = redirect(address_of(wanted))
    tell_once(answer, word)
    return answer


@having(SEE_MEMBERS)
@require_POST
def change_many(request: SignedInRequest) -> HttpResponseBase:
    """Put chosen members, or everyone who fits, in a circle."""
    wanted = wanted_by(request, QueryDict(request.POST.get("wanted", "")))
    circle = find_circle(request, request.POST.get("to", ""))
    try:
        placed = put_in_circle(members=chosen(request, wanted), circle=circle, by=request.user, at=now())
    except Refusal as problem:
        if problem.status == 404:
            raise
        return render_list(request, wanted, problem=problem)
    answer = redirect(address_of(wanted))
    tell_once(answer, f"{PLACED_WITHOUT}{placed.away}" if placed.away else "placed")
    return answer


def left_out(word: str) -> int:
    """Read how many were left out from the word that the form left."""
    number = word.removeprefix(PLACED_WITHOUT)
    return read_number(number) or 0 if number != word else 0


def chosen(request: SignedInRequest, wanted: MemberFilter) -> QuerySet[Member]:
    """Give the members that were ticked, or everyone who fits."""
    if request.POST.get("everyone") == "yes":
        return wanted.members().select_related("person")
    numbers = [read_number(each) for each in request.POST.getlist("member")[:MOST_CHOSEN]]
    found = Member.objects.belonging().filter(pk__in=[each for each in numbers if each is not None])
    return found.select_related("person")


def address_of(wanted: MemberFilter) -> str:
    return reverse("member-list") + (f"?{wanted.query}" if wanted.is_set else "")


def find_set(number: str) -> SavedSet:
    """Find a saved set by what a form said. Raises ``NotFound``."""
    found = SavedSet.objects.filter(pk=read_number(number) or 0).first()
    if found is None:
        raise NotFound
    return found


def find_circle(request: SignedInRequest, number: str) -> Circle:
    """Find a circle inside by what a form said. Raises ``NotFound``."""
    found = circles_seen(request).filter(pk=read_number(number) or 0, is_whole=False).first()
    if found is None:
        raise NotFound
    return found


@having(SEE_MEMBERS)
@require_safe
def show_figures(request: SignedInRequest) -> HttpResponse:
    """Exact figures: members and what they paid, of everyone or of a set; and the whole by circle, tier and month."""
    wanted, today = wanted_by(request, request.GET), day_of(now())
    since, count = today - timedelta(days=365), count_all(wanted.members())
    shown = {
        "wanted": wanted,
        "count": count.members,
        "away": count.away,
        "paid": payments_per_member(wanted.members(), since, today + timedelta(days=1)),
        "since": since,
        "circles": members_per_circle(circles_seen(request).filter(is_whole=False).order_by("name")),
        "tiers": members_per_tier(),
        "cohorts": cohorts(),
        "sets": [(each, read_filter(each.wanted).query) for each in SavedSet.objects.order_by("name")],
    }
    return render(request, "community/lists/figures.html", shown)
