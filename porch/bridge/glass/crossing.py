from django.utils.translation import gettext_lazy as _

from porch.bridge.card import Card

CARD = Card(
    name="glass",
    source="community",
    to="audience",
    what=_("What is said in spaces of glass, with the names of those who say it, for anyone to read."),
    leave=_(
        "Each author's, who is told before they write. A space in which somebody has written is not turned to glass."
    ),
    undo=_(
        "Delete a post, or take the glass away: it is gone from outside at once. What others copied stays."
    ),
)
