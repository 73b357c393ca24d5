"""Which browser on which system: two words from what a browser says of itself, for people to know theirs again.

The order matters: most browsers claim to be others too. What is not known here stays unsaid.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

BROWSERS = (
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest) -> str:
    """Name the browser that asks."""
    return name_device(request.META.get("HTTP_USER_AGENT", ""))


def read_device(user_agent: str) -> tuple[str, str]:
    """Give the browser and the system that a browser names, each empty where it is none we know."""
    return find(BROWSERS, user_agent), find(SYSTEMS, user_agent)


def name_device(user_agent: str) -> str:
    """Name a browser and its system, coarsely; enough to know one's own."""
    return in_words(*read_device(user_agent))


def in_words(browser: str, system: str) -> str:
    """Say which browser on which system, each of which may be unknown."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")


def find(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for sign, name in known if sign in text), "")
