from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porch.kit.text import shorten
from porch.notices.digest.reads import Missed
from porch.notices.mailing.letters import MOST_TITLE, address
from porch.people.delivery.letters import Letter

TEMPLATE = "notices/mail/digest"


def digest_letter(missed: Missed) -> Letter:
    """Write a digest. Its subject names what was talked about most."""
    first, *others = missed.topics
    title = shorten(first.title, MOST_TITLE)
    topics = [
        {
            "title": each.title,
            "space": each.space.name,
            "fresh": ngettext("%(num)s new post", "%(num)s new posts", each.fresh) % {"num": each.fresh},  # type: ignore[attr-defined]
            "link": address("topic", each.pk),
        }
        for each in missed.topics
    ]
    subject = (
        ngettext(
            "What you missed: %(title)s, and %(num)s more",
            "What you missed: %(title)s, and %(num)s more",
            len(others),
        )
        % {"title": title, "num": len(others)}
        if others
        else _("What you missed: %(title)s") % {"title": title}
    )
    shown = {
        "topics": topics,
        "newcomers": missed.newcomers,
        "latest_link": address("latest"),
        "members_link": address("inside"),
        "choices_link": address("notice-choices"),
    }
    return Letter(TEMPLATE, shown, subject=subject)
