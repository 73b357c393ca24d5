from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from porch import __version__
from porch.engine.facts.pull import newest
from porch.people.doors import anyone
from porch.web.refusals import DatabaseIsGone


@anyone
def show_health(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be made: the server answers, and the database too."""
    newest("community")
    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not file.exists():
        raise DatabaseIsGone
    return JsonResponse({"status": "ok", "version": __version__})
