from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from porch import __version__
from porch.people.doors import anyone


@anyone
def show_health(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be made: the server answers, and the database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
