"""Idempotency-Key: a request that is sent again under its key is done once."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from ninja.responses import NinjaJSONEncoder

from porch.people.tokens.repeating import do_once
from porch.web.api.gate import READING, ApiRequest, DoesNotFit, read_secret

HEADER = "Idempotency-Key"
SHAPE = re.compile(r"[\x21-\x7e]{1,200}")
Operation = Callable[..., Any]


def done_once(operation: Operation) -> Operation:
    """Wrap an operation, after its gate: with a key, what it answered before is answered again."""

    @wraps(operation)
    def done(request: ApiRequest, *args: Any, **values: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None or request.method in READING:
            return operation(request, *args, **values)
        if not SHAPE.fullmatch(key):
            raise DoesNotFit([{"field": f"header.{HEADER}", "text": "1 to 200 visible characters of ASCII."}])
        caller = request.auth
        answer, request.is_repeated = do_once(
            token_id=caller.token.id,
            secret=read_secret(request),
            key=key,
            asked=b"%s %s\n%s"
            % (str(request.method).encode(), request.get_full_path().encode(), request.body),
            do=lambda: json.dumps(operation(request, *args, **values), cls=NinjaJSONEncoder),
            at=caller.at,
        )
        return json.loads(answer)

    return done
