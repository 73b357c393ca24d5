from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

from porch.people.sessions.store import SessionStore


class SessionsMiddleware(SessionMiddleware):
    """Django's, with sessions that know which browser asks."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = SessionStore(key, user_agent=request.META.get("HTTP_USER_AGENT", ""))
