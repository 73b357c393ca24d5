"""The database as commands meet it: reachable, and on today's schema."""

import sqlite3

from django.conf import settings
from django.db import Error, connections

from porch.kit.time import now
from porch.web.cli.base import BAD_UPGRADE, say, stop
from porch.web.upgrades.migrating import missing_migrations
from porch.web.upgrades.upgrading import InUse, UpgradeFailed, upgrade

__all__ = ["bring_up_to_date", "missing_migrations"]


def bring_up_to_date() -> None:
    """Run what migrations are missing, saying so, or stop with the reason."""
    try:
        upgrade(settings.OPTIONS, at=now(), say=say)
    except UpgradeFailed as error:
        stop(str(error), code=1 if isinstance(error, InUse) else BAD_UPGRADE)
    except (Error, sqlite3.Error, OSError) as error:
        stop(f"the database cannot be used: {error}".strip(), code=1)
    finally:
        connections.close_all()
