"""How an error went, as text that any database takes."""

from traceback import format_exception

MOST = 20_000


def trace_of(error: BaseException | None, *, most: int = MOST) -> str:
    """Write an error down, without NUL and halves of characters; of a long one, the end."""
    text = "".join(format_exception(error)).replace("\x00", "�")
    return text.encode("utf-8", "replace").decode()[-most:]
