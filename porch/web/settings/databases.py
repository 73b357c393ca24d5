"""SQLite by default, PostgreSQL by one address; both tuned for one server with many readers and writers."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from porch.web.settings.options import Options

# WAL lets readers go on while one writes; NORMAL syncs at checkpoints, which loses no consistency.
SQLITE_START = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 134217728;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -8000;
"""


def database(options: Options) -> dict[str, Any]:
    return postgresql(options.database) if options.database else sqlite(options)


def sqlite(options: Options) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": options.data / "porch.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Taking the write lock at BEGIN is what lets writers queue instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": SQLITE_START,
        },
    }


def postgresql(address: str) -> dict[str, Any]:
    """Read an address into Django's settings; what stands behind the question mark goes to the driver."""
    parts = urlsplit(address)
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "porch",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, **extra},
    }
