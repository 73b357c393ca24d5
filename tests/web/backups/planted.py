"""Porch with one migration more: ``python -m tests.web.backups.planted odd serve``."""

import sys

from porch.web.cli import main
from porch.web.settings import django as settings

if __name__ == "__main__":
    settings.MIGRATION_MODULES = {"bridge": f"tests.web.backups.plants.{sys.argv.pop(1)}"}
    main()
