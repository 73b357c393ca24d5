"""What leaving does, before it is done; what the charter says of it; and what those who left said."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from porch.community.leaving.forgetting import APP, OUTLIVES
from porch.community.leaving.models import AskAgain, ExitAnswer, Leaving, LeavingTerms
from porch.people.erasure.reads import Line, receipt_of, subject_of
from porch.people.identity.models import Person


def leaving_of(person_id: int) -> Leaving | None:
    """Give how somebody left who can undo it, or is about to be archived."""
    return Leaving.objects.filter(member__person_id=person_id).first()


def what_happens_to(person: Person, *, wants_erasure: bool) -> list[Line]:
    """Say table by table what goes and what stays once a person is archived."""
    lines = receipt_of(subject_of(person))
    return lines if wants_erasure else [line for line in lines if is_of_membership(line)]


def is_of_membership(line: Line) -> bool:
    """Say whether a table ends with the membership, and not only with the account."""
    return line.table.partition(".")[0] == APP and line.table not in OUTLIVES


def terms_of_leaving() -> str:
    """Give the charter's text on what becomes of what somebody leaves behind."""
    newest = LeavingTerms.objects.order_by("-pk").first()
    return newest.text if newest is not None else default_terms()


def default_terms() -> str:
    return _(
        "You are gone from every list at once, and nobody reaches you through this community any more.\n\n"
        "Until it is archived, within seven days, you can undo it. After that, what is yours alone is "
        "deleted: your membership, your roles, "
        "your circles, your portrait. What others built upon stays, without your name.\n\n"
        "What you published outside is not touched by this. What you subscribed to goes on, unless you stop it here."
    )


def exit_answers() -> QuerySet[ExitAnswer]:
    """Give what those who left said, newest month first."""
    return ExitAnswer.objects.order_by("-month", "-pk")


def may_be_asked(at: datetime) -> list[AskAgain]:
    """Give those whose year is over, and who said that they may be asked once more."""
    return list(
        AskAgain.objects.filter(not_before__lte=at).select_related("person").order_by("not_before")[:100]
    )
