"""The name of a file: kept to be shown and offered when saving, never to find anything by."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from porch.kit.formats.known import ALL, TEXT, Format
from porch.kit.refusals import BadInput
from porch.kit.text import UNSEEN

MOST_LETTERS = 100
MOST_BYTES = 180
# Direction marks, embeddings, overrides and isolates: with them "gpj.exe" reads as "exe.jpg".
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNFIT = re.compile('[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]')
WIDTHLESS = re.compile("[\u200b-\u200d\u2060\ufeff]")
# Names that Windows keeps for devices, whatever stands behind the dot.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*")
KNOWN = frozenset(extension for each in ALL for extension in each.extensions)
# What a browser or a system would run, or show as a page.
RUN_WORDS = (
    "html htm xhtml xht shtml mht mhtml svg svgz xml xsl xslt js mjs cjs ts "
    "jsx css hta vbs vbe wsf wsh ps1 psm1 bat cmd com exe dll scr msi "
    "msp jar class py pyc pyw rb pl php phtml cgi sh bash zsh fish bin "
    "elf app apk dmg deb rpm lnk url desktop reg inf cpl scf iso img swf "
    "htc appref-ms application gadget "
)
RUNS = frozenset(RUN_WORDS.split())


class NameLeadsElsewhere(BadInput):
    text = _("The name of this file has “..” in it, which leads out of a folder.")
    hint = _("Give the file a plain name and choose it again.")


class NameIsTurned(BadInput):
    text = _("The name of this file hides a mark that turns its letters round.")
    hint = _("Give the file a plain name and choose it again.")


def clean_name(name: str, found: Format) -> str:
    """Return one harmless name with an extension that fits what the file is.

    Raises ``NameLeadsElsewhere`` for ``..`` and ``NameIsTurned`` for marks of direction; mends everything else.
    """
    if ".." in re.split(r"[/\\]", name[:10_000]):
        raise NameLeadsElsewhere
    if TURNS.search(name):
        raise NameIsTurned
    last = re.split(r"[/\\]", name.rstrip("/\\ "))[-1][-1_000:]
    plain = UNFIT.sub(
        "_", WIDTHLESS.sub("", UNSEEN.sub("", unicodedata.normalize("NFC", last.replace("\x00", ""))))
    )
    stem, extension = _parted(" ".join(plain.split()).rstrip(". "), found)
    stem = _shortened(stem.strip(". ")) or "file"
    if DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.{extension}"


def extension_of(name: str) -> str:
    """Give what stands behind the last dot, in lower case."""
    return name.rstrip(". ").rpartition(".")[2].lower() if "." in name.rstrip(". ") else ""


def _parted(name: str, found: Format) -> tuple[str, str]:
    extension = extension_of(name)
    stem = name[: -len(extension) - 1] if extension else name
    if extension in found.extensions:
        return stem, extension
    # A wrong extension is replaced, of those too that stand in a row ("a.html.exe"); a version ("notes.v2") stays.
    while extension in KNOWN or extension in RUNS:
        name, extension = stem, extension_of(stem)
        stem = name[: -len(extension) - 1] if extension else name
    return name, found.extensions[0]


def _shortened(stem: str) -> str:
    cut = stem[:MOST_LETTERS]
    while len(cut.encode("utf-8", "replace")) > MOST_BYTES:
        cut = cut[:-1]
    return cut.rstrip(". \u200d")


def is_run_by_name(name: str, found: Format) -> bool:
    """Say whether a text calls itself something that is run or shown as a page."""
    return found is TEXT and extension_of(name) in RUNS
