"""The migrations of the bridge as they are, and one more."""

from pathlib import Path

from porch.bridge import migrations

__path__ = [*migrations.__path__, *__path__]
LAST = max(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))
