"""One emoji, as keyboards write it: recognised, and put into the one spelling under which it is counted."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput

# Shown first where somebody chooses.
AT_HAND = ("👍", "❤️", "🎉", "😄", "🤔", "👀")
MOST_CHARACTERS = 16
AS_PICTURE = "\ufe0f"
JOINER = "\u200d"

# The pictures below U+1F000, which are letters of a line until a sign after them says that they are pictures.
OLD = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa"
    "\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626"
    "\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f"
    "\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce"
    "\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714"
    "\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1"
    "\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
)
NEW = (
    "\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f3fa\U0001f400-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
# Those of the newer ones that need the sign too.
NEEDS_SIGN = re.compile(
    f"[{OLD}\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f202\U0001f237\U0001f321\U0001f324-\U0001f32c\U0001f336"
    "\U0001f37d\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e\U0001f39f\U0001f3cb-\U0001f3ce"
    "\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5\U0001f3f7\U0001f43f\U0001f441\U0001f4fd\U0001f549\U0001f54a\U0001f56f"
    "\U0001f570\U0001f573-\U0001f579\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f5a5\U0001f5a8\U0001f5b1"
    "\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3"
    "\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf\U0001f6e0-\U0001f6e5\U0001f6e9"
    "\U0001f6f0\U0001f6f3]"
)
SKIN = "[\U0001f3fb-\U0001f3ff]"
PART = f"[{OLD}{NEW}]{SKIN}?"
ONE = re.compile(
    f"{PART}(?:{JOINER}{PART})*"
    "|[0-9#*]\u20e3"  # a key
    "|[\U0001f1e6-\U0001f1ff]{2}"  # a flag by the two letters of its country
    "|\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f"  # a flag by the letters of its region
)
BEFORE_SIGN = re.compile(f"({NEEDS_SIGN.pattern})(?!{SKIN})")


class NotOneEmoji(BadInput):
    text = _("A reaction is one emoji.")
    hint = _("Choose one of those shown, or type a single one.")


def clean_emoji(text: str) -> str:
    """Give one emoji in the spelling under which it is counted. Raises ``NotOneEmoji`` for anything else."""
    text = text.strip()
    if len(text) > 2 * MOST_CHARACTERS:
        raise NotOneEmoji
    bare = unicodedata.normalize("NFC", text).replace(AS_PICTURE, "")
    if not ONE.fullmatch(bare):
        raise NotOneEmoji
    if bare.endswith("\u20e3"):
        return f"{bare[0]}{AS_PICTURE}{bare[1]}"
    spelt = BEFORE_SIGN.sub(rf"\1{AS_PICTURE}", bare)
    if len(spelt) > MOST_CHARACTERS:
        raise NotOneEmoji
    return spelt
