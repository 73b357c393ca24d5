"""Django's settings, made from the PORCH_ settings. Nothing here is meant to be edited by an installation."""

from pathlib import Path

from porch.web.settings.databases import database
from porch.web.settings.folder import read_key
from porch.web.settings.options import read_options

OPTIONS = read_options()
FLOORS = Path(__file__).parent.parent.parent

DEBUG = False
SECRET_KEY = read_key(OPTIONS.data)
ALLOWED_HOSTS = sorted({OPTIONS.host, "localhost", "127.0.0.1", "[::1]"})
PORCH_URL = OPTIONS.url
PORCH_NAME = OPTIONS.name
PORCH_MAIL_SERVER = OPTIONS.mail_server
PORCH_MAIL_SENDER = OPTIONS.mail_sender
DATABASES = {"default": database(OPTIONS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "porch.web",
    "porch.insight",
    "porch.bridge",
    "porch.audience",
    "porch.community",
    "porch.people",
    "porch.engine",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]

MIDDLEWARE = [
    "porch.web.guard.security_headers",
    "porch.web.refusals.answer_refusals",
    "porch.web.guard.canonical_host",
    "porch.people.sessions.middleware.SessionsMiddleware",
    "porch.web.guard.add_slashes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "porch.people.identity.who_asks.PersonMiddleware",
]

ROOT_URLCONF = "porch.web.urls"
WSGI_APPLICATION = None
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            str(FLOORS / part / "templates") for part in ("web", "bridge", "audience", "community", "people")
        ],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "porch.web.templating.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["porch.people.identity.backend.PersonBackend"]
LOGIN_URL = "sign-in"

SESSION_ENGINE = "porch.people.sessions.store"
SESSION_COOKIE_NAME = "__Host-porch" if OPTIONS.is_secure else "porch"
SESSION_COOKIE_SECURE = OPTIONS.is_secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CSRF_COOKIE_NAME = "__Host-porch-csrf" if OPTIONS.is_secure else "porch-csrf"
CSRF_COOKIE_SECURE = OPTIONS.is_secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "porch.web.refusals.csrf_failure"

# The front has spooled the body under PORCH_UPLOAD_MB before Django sees it; this bounds forms without files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_TEMP_DIR = str(OPTIONS.data / "tmp")
# What the front has put on the disk is not taken into memory again.
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# The store of files; nothing serves this folder by name.
MEDIA_ROOT = str(OPTIONS.data / "files")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# What is counted against guessing has to be counted in all processes alike.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "engine_cache"},
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]

LOGGING_CONFIG = None  # porch.web.logs sets it up, for every process alike
SILENCED_SYSTEM_CHECKS: list[str] = []
