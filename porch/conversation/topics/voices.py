"""In whose voice something is said: kept with it when it is written, so that it stays true when roles change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import SPEAK_FOR_ALL, TEND_TOPICS
from porch.conversation.spaces.rules import looked_after_by
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person


class Voice(models.IntegerChoices):
    """As whom somebody wrote."""

    MEMBER = 0, _("A member")
    # Who looked after the space when they wrote.
    STEWARD = 1, _("Steward")
    # A steward wrote it, and the organisation says it: no page but a steward's says who it was.
    ORGANISATION = 2, _("Organisation")


def shown_name(voice: int, name: str | None) -> str | None:
    """Give the name under which something is said; None where whoever said it has left."""
    return str(settings.PORCH_NAME) if voice == Voice.ORGANISATION else name


class Spoken:
    """What is said in a voice, as rows and models of it show who says it."""

    __slots__ = ()

    voice: int
    author__name: str | None

    @property
    def said_by(self) -> str | None:
        return shown_name(self.voice, self.author__name)

    @property
    def is_of_all(self) -> bool:
        """Say whether the organisation says it, so that nobody is named but for stewards."""
        return self.voice == Voice.ORGANISATION


class NotYourVoice(NotAllowed):
    text = _("Only those who may speak for the organisation post as it.")
    hint = _("Take the choice back to post under your own name.")


def voice_in(space: Space, by: Person, *, as_organisation: bool = False, tends: bool | None = None) -> Voice:
    """Say as whom somebody writes in a space now; ``tends`` says that they look after it, where that is known.

    Raises ``NotYourVoice``. Nobody speaks for the organisation in a direct conversation.
    """
    if as_organisation:
        if not may_speak_in(space.pk, by.pk):
            raise NotYourVoice
        return Voice.ORGANISATION
    if tends is None:
        tends = Space.objects.filter(looked_after_by(by.pk, right=TEND_TOPICS), pk=space.pk).exists()
    return Voice.STEWARD if tends else Voice.MEMBER


def may_speak_in(space_id: int, person_id: int) -> bool:
    """Say whether somebody may post in a space as the organisation."""
    return Space.objects.filter(looked_after_by(person_id, right=SPEAK_FOR_ALL), pk=space_id).exists()


def keep_voice(voice: int, space_id: int, by: Person) -> None:
    """Refuse what the organisation would say by somebody who may not speak for it any more. Raises ``NotYourVoice``."""
    if voice == Voice.ORGANISATION and not may_speak_in(space_id, by.pk):
        raise NotYourVoice
