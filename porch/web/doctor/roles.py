"""Who may do what: somebody owns the community, and nothing hangs on one account alone."""

from django.db import Error
from django.urls import reverse

from porch.community.roles.rights import RIGHTS, Right
from porch.community.roles.standing import standing
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options


def look_at_roles(options: Options) -> Finding:
    """Does somebody own the community, and is there a second person for each right?"""
    try:
        found = standing()
    except Error:
        return Finding("roles", "advice", "not known", "See to the database first.")
    page = options.url + reverse("roles")
    if found.is_new:
        return Finding("roles", "good", "there are no members yet")
    if not found.owners:
        text = "the community has no owner who can come in"
        if found.held_by_nobody:
            text += f"; nobody may: {in_words(found.held_by_nobody)}"
        return Finding(
            "roles",
            "wrong",
            text,
            "Add a person: porch person add ADDRESS. Where there is no owner, the next one added owns it.",
        )
    if len(found.lone) == len(RIGHTS):
        return Finding(
            "roles",
            "advice",
            "one account alone may do everything, and if it is lost nobody can",
            f"Give a second person the role of an owner: {page}",
        )
    if found.lone:
        return Finding(
            "roles",
            "advice",
            f"one account alone may: {in_words(found.lone)}",
            f"Give a second person a role with these rights: {page}",
        )
    return Finding("roles", "good", "at least two people have each right")


def in_words(rights: list[Right]) -> str:
    """Say what some rights allow, in one line."""
    return "; ".join(str(right.text) for right in rights)
