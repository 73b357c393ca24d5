from django.utils.translation import gettext_lazy as _

from porch.bridge.card import Card

CARD = Card(
    name="door_sign",
    source="community",
    to="audience",
    what=_("How many members there are, as one number on the front page. No names."),
    leave=_("The operator's, who puts the sign up."),
    undo=_("Take the sign down: the number is gone from the front page at once."),
)
