"""A word from a form to the page that it leads to: said once, also where no script runs, and not again on reload."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

Answer = TypeVar("Answer", bound=HttpResponseBase)

SECONDS = 60


def cookie_name() -> str:
    """Name the cookie that carries the word."""
    return "__Host-porch-told" if settings.SESSION_COOKIE_SECURE else "porch-told"


def tell_once(answer: HttpResponseBase, word: str) -> None:
    """Leave a word with an answer for the next page that takes it. It is not secret and proves nothing."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(cookie_name(), word, SECONDS, secure=secure, httponly=True, samesite="Lax")


def go_and_tell(to: str, *args: object, word: str) -> HttpResponseBase:
    """Lead from a form to a page, by its name, with a word for it."""
    answer = redirect(to, *args)
    tell_once(answer, word)
    return answer


def told(request: HttpRequest) -> str:
    """Give the word that was left for this page, if any. Anyone may have written it: compare, never show it."""
    return request.COOKIES.get(cookie_name(), "")


def forget_told(request: HttpRequest, answer: Answer) -> Answer:
    """Have the word forgotten with this answer."""
    if told(request):
        answer.delete_cookie(cookie_name(), samesite="Lax")
    return answer
