from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from porch import __version__
from porch.engine.facts.pull import newest
from porch.kit.caching import shareable
from porch.people.doors import anyone
from porch.web.refusals import DatabaseIsGone
from porch.web.server.static import read_files, static_url


@anyone
def show_health(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be made: the server answers, and the database too."""
    newest("community")
    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not file.exists():
        raise DatabaseIsGone
    return JsonResponse({"status": "ok", "version": __version__})


@anyone
def show_service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that a browser keeps so that it can be told; from here it holds for the whole site."""
    script = read_files()["js/service-worker.js"]
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@anyone
@shareable()
def show_manifest(request: HttpRequest) -> HttpResponse:
    """Say what the site is called and looks like where it is put on a home screen."""
    icon = {
        "src": static_url("icons/app.svg"),
        "sizes": "any",
        "type": "image/svg+xml",
        "purpose": "any maskable",
    }
    said = {
        "name": settings.PORCH_NAME,
        "short_name": settings.PORCH_NAME,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fcfbf8",
        "theme_color": "#fcfbf8",
        "icons": [icon],
    }
    return JsonResponse(said, content_type="application/manifest+json")
