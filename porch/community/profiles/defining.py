"""The verbs of what members are asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.profiles.acts import CHANGED, DEFINED, RESTORED, RETIRED
from porch.community.profiles.indexing import index_field
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField, ProfileTerm, Visibility
from porch.community.profiles.rights import DEFINE_FIELDS
from porch.community.profiles.values import MOST_TAG
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_FIELDS, MOST_CHOICES = 30, 40
KEPT = timedelta(days=30)
# With other words an answer would stand under a question that nobody was asked.
ASKED_FOR_GOOD = ("title", "purpose", "help", "kind")


class PurposeIsPromised(Conflict):
    text = _(
        "Members have answered this as it is asked, so the question and what it is for stay as they are."
    )
    hint = _("Stop asking this, and ask something new with its own purpose.")


class TooManyFields(Conflict):
    text = _("Members are asked %(most)s things already, which is the most.")
    hint = _("Stop asking one of them first.")


class ChoicesAreMissing(BadInput):
    text = _("Give between two and %(most)s choices, one to a line.")


class ChoiceIsTaken(Conflict):
    text = _("Somebody has chosen “%(choice)s”, so it has to stay among the choices.")
    hint = _("Add others beside it, or ask something new.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What members shall be asked, as it was typed."""

    title: str
    purpose: str
    kind: str
    help: str = ""
    choices: str = ""
    position: int = 0
    visibility: str = Visibility.MEMBERS
    is_theirs_to_choose: bool = True


@transaction.atomic
def define_field(*, asked: Asked, by: Person, at: datetime) -> ProfileField:
    """Ask members something more."""
    require(by.pk, DEFINE_FIELDS)
    if ProfileField.objects.filter(retired_at=None).count() >= MOST_FIELDS:
        raise TooManyFields(most=MOST_FIELDS)
    field = ProfileField.objects.create(made_at=at, **cleaned(asked))
    record(DEFINED, by_id=by.pk, at=at, field_id=field.pk)
    return field


@transaction.atomic
def change_field(*, field_id: int, asked: Asked, by: Person, at: datetime) -> ProfileField:
    """Change what members are asked; once somebody has answered, the words stay.

    What was answered stays, for the purpose and before the eyes it was given for. Raises ``PurposeIsPromised``,
    ``ChoiceIsTaken`` and ``NotFound``.
    """
    require(by.pk, DEFINE_FIELDS)
    field = locked(field_id, is_retired=False)
    new = cleaned(asked)
    given = ProfileAnswer.objects.filter(field=field)
    if any(new[name] != getattr(field, name) for name in ASKED_FOR_GOOD) and given.exists():
        raise PurposeIsPromised
    gone = set(field.options) - set(str(new["choices"]).splitlines())
    taken = given.filter(value__in=gone).values_list("value", flat=True).first() if gone else None
    if taken is not None:
        raise ChoiceIsTaken(choice=taken)
    for name, value in new.items():
        setattr(field, name, value)
    field.save(update_fields=list(new))
    record(CHANGED, by_id=by.pk, at=at, field_id=field.pk)
    return field


@transaction.atomic
def retire_field(*, field_id: int, by: Person, at: datetime) -> ProfileField:
    """Stop asking something: its answers are shown to nobody else, and go after 30 days."""
    require(by.pk, DEFINE_FIELDS)
    field = locked(field_id, is_retired=False)
    field.retired_at = at
    field.save(update_fields=["retired_at"])
    ProfileTerm.objects.filter(field=field).delete()
    record(RETIRED, by_id=by.pk, at=at, field_id=field.pk)
    return field


@transaction.atomic
def restore_field(*, field_id: int, by: Person, at: datetime) -> ProfileField:
    """Ask something again that was stopped, with the answers that are still there."""
    require(by.pk, DEFINE_FIELDS)
    field = locked(field_id, is_retired=True)
    if field.retired_at is not None and at >= field.retired_at + KEPT:
        raise NotFound
    field.retired_at = None
    field.save(update_fields=["retired_at"])
    index_field(field, at=at)
    record(RESTORED, by_id=by.pk, at=at, field_id=field.pk)
    return field


@transaction.atomic
def drop_retired_fields(*, at: datetime, hold: bool) -> int:
    """Delete what has not been asked for 30 days, with its answers; give how many. Not while the clock is in doubt."""
    gone = ProfileField.objects.none() if hold else ProfileField.objects.filter(retired_at__lte=at - KEPT)
    number = gone.count()
    gone.delete()
    return number


def locked(field_id: int, *, is_retired: bool) -> ProfileField:
    """Find a field and lock it."""
    found = (
        ProfileField.objects.select_for_update()
        .filter(pk=field_id, retired_at__isnull=not is_retired)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def cleaned(asked: Asked) -> dict[str, object]:
    """Return the columns of a field, each as it may be."""
    if asked.kind not in Kind.values or asked.visibility not in Visibility.values:
        raise BadInput
    return {
        "title": clean_line(asked.title, most=80, name=_("title")),
        "purpose": clean_line(asked.purpose, most=300, name=_("purpose")),
        "help": clean_line(asked.help, most=300, name=_("help")) if asked.help.strip() else "",
        "kind": asked.kind,
        "choices": clean_choices(asked.choices) if asked.kind == Kind.CHOICE else "",
        "position": max(0, min(asked.position, 999)),
        "visibility": asked.visibility,
        "is_theirs_to_choose": asked.is_theirs_to_choose,
    }


def clean_choices(text: str) -> str:
    """Return choices, one to a line, each once."""
    lines = [each for each in text[:10_000].splitlines() if each.strip()]
    found = list(dict.fromkeys(clean_line(each, most=MOST_TAG, name=_("choice")) for each in lines))
    if not 2 <= len(found) <= MOST_CHOICES:
        raise ChoicesAreMissing(most=MOST_CHOICES)
    return "\n".join(found)
