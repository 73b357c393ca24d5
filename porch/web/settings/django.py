"""Django's settings, made from the PORCH_ settings. Nothing here is meant to be edited by an installation."""

from datetime import timedelta
from pathlib import Path

from porch.web.settings.databases import database
from porch.web.settings.folder import read_key
from porch.web.settings.oidc import oidc_apps
from porch.web.settings.options import read_options

OPTIONS = read_options()
FLOORS = Path(__file__).parent.parent.parent

DEBUG = False
SECRET_KEY = read_key(OPTIONS.data)
ALLOWED_HOSTS = sorted({OPTIONS.host, "localhost", "127.0.0.1", "[::1]"})
PORCH_URL = OPTIONS.url
PORCH_NAME = OPTIONS.name
PORCH_TIME_ZONE = OPTIONS.time_zone
PORCH_REMOVAL_EVIDENCE = timedelta(days=OPTIONS.removal_evidence_days)
PORCH_LINK_PREVIEWS = OPTIONS.link_previews == "on"
PORCH_INVITES_A_DAY = OPTIONS.invites_a_day
PORCH_MAIL_SERVER = OPTIONS.mail_server
PORCH_MAIL_SENDER = OPTIONS.mail_sender
PORCH_MAIL_CAN_BE_ANSWERED = OPTIONS.mail_from is not None
DATABASES = {"default": database(OPTIONS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "porch.web",
    "porch.insight",
    "porch.bridge",
    "porch.audience",
    "porch.community",
    "porch.conversation",
    "porch.moderation",
    "porch.notices",
    "porch.people",
    "porch.engine",
    "django_tasks",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "porch.web.urls"
WSGI_APPLICATION = None
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            str(FLOORS / part / "templates")
            for part in (
                "web",
                "bridge",
                "moderation",
                "notices",
                "conversation",
                "audience",
                "community",
                "people",
            )
        ],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "porch.web.templating.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["porch.people.identity.backend.PersonBackend"]
LOGIN_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email")}),
    )
]

# What is not replaced of allauth: docs/decisions/0013 says which part of a sign-in is whose.
ACCOUNT_ADAPTER = "porch.people.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Counted by us, in a table where two at once are two (porch.people.sign_in.limits).
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "porch.people.sign_in.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Our check wants it of every passkey (sign_in/passkeys.py), so each browser is asked for it, the second step too.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = OPTIONS.host
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "porch.people.sign_in.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
# Asked each time: whoever has no longer the address has no longer that way in, and nothing is tied unseen.
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(OPTIONS)}}

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
