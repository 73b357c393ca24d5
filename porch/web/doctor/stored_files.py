"""The doctor's look at stored files: quick, by name and size. `porch files check` reads every byte."""

from django.db import Error

from porch.engine.files.upkeep import look_over_files
from porch.kit.text import size_in_words
from porch.kit.time import now
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options


def look_at_stored_files(options: Options) -> Finding:
    """Is every file there that somebody holds?"""
    try:
        look = look_over_files(at=now(), is_thorough=False)
    except Error:
        return Finding("files", "advice", "not looked at", "First mend the database.")
    if not look.is_good:
        return Finding(
            "files",
            "wrong",
            f"{len(look.missing)} missing, {len(look.damaged)} damaged",
            "`porch files check` names them; fetch them from a backup.",
        )
    return Finding("files", "good", f"{look.files} stored, {size_in_words(look.bytes)}")
