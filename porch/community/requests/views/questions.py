"""The page on which a circle's questions are edited: rows of fields, a few of them empty."""

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.circles.models import Circle
from porch.community.requests.answers import questions_of
from porch.community.requests.questions import MOST_QUESTION, MOST_QUESTIONS, Wording, set_questions
from porch.community.requests.rules import keepers_of_circles
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import circles_with, rights_here
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

SAVED = "questions-saved"
EMPTY = 2


@keepers_of_circles
@require_http_methods(["GET", "HEAD", "POST"])
def edit_questions(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Show what a circle asks, and take it as it is to be."""
    circle, refusal = find(request, slug), None
    if request.method == "POST":
        rows = read_rows(request.POST)
        try:
            set_questions(circle=circle, questions=rows, by=request.user, at=now())
            return go_and_tell("circle-questions", slug, word=SAVED)
        except Refusal as no:
            refusal = no
    else:
        rows = [Wording(each.text, each.is_required) for each in questions_of(circle)]
    empty = [Wording("")] * min(EMPTY, max(0, MOST_QUESTIONS - len(rows)))
    shown = {
        "circle": circle,
        "rows": [*rows, *empty],
        "refusal": refusal,
        "is_saved": told(request) == SAVED,
        "most": MOST_QUESTION,
        "most_rows": MOST_QUESTIONS,
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "community/requests/questions.html", shown, status=status))


def find(request: SignedInRequest, slug: str) -> Circle:
    """Find a circle that whoever asks looks after; others are not found."""
    circle = Circle.objects.filter(slug=slug).first()
    circles = circles_with(rights_here(request), MANAGE_CIRCLES)
    if circle is None or (circles is not None and circle.pk not in circles):
        raise NotFound
    return circle


def read_rows(form: QueryDict) -> list[Wording]:
    """Read the questions of a form in the order of their places; what is left empty goes."""
    rows = []
    for n in range(MOST_QUESTIONS + EMPTY):
        text, place = form.get(f"text-{n}", ""), read_number(form.get(f"place-{n}", ""), most_digits=3)
        if text.strip():
            at = n + 1 if place is None else place
            rows.append((at, n, Wording(text, form.get(f"required-{n}") == "yes")))
    return [row for _at, _n, row in sorted(rows, key=lambda each: each[:2])]
