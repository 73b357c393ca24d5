from django.utils.translation import gettext_lazy as _

from porch.engine.promises.kinds import Kind, declare

ARCHIVE = declare(
    Kind(
        "archive-after-leaving",
        _("What you left behind is archived when the seven days in which you can undo it are over."),
        _("That what a leaver left behind is archived in time."),
    )
)
