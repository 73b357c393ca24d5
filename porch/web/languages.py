"""In which language a stranger is answered, where several are installed: a part of the key of a shared page."""

from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


@lru_cache(maxsize=1_000)
def choose_language(accepted: bytes) -> str:
    """Choose among the installed languages as Django does: what a browser says is the only thing that it looks at."""
    for wanted, _ in parse_accept_lang_header(accepted.decode("latin-1")[:500].lower()):
        with suppress(LookupError):
            return get_supported_language_variant(wanted)
    return str(settings.LANGUAGE_CODE)
