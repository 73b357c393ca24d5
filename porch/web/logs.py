"""The log: a line of JSON for machines, a plain line for people. There is no log of who read what."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

ALWAYS = frozenset(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "color_message",
    "taskName",
    "request",
}


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "text": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in ALWAYS},
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str, ensure_ascii=False)


class PlainLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")


def set_up_logs(style: Literal["auto", "text", "json"]) -> None:
    """Send every log to standard error, in one style, at INFO and above."""
    plain = style == "text" or (style == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines() if plain else JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in ("uvicorn.error", "django_tasks", "django_tasks_db", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A refusal is an expected answer, and an unexpected error has been logged with its reference.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
