"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.invites.rights import INVITE, SEE_GRAPH
from porch.community.leaving.rights import EDIT_CHARTER, READ_EXIT_ANSWERS
from porch.community.lists.rights import SEE_MEMBERS
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.profiles.rights import DEFINE_FIELDS
from porch.community.register.rights import SEE_REGISTER
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES, Right
from porch.community.tiers.rights import MANAGE_TIERS
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Room:
    """A page inside: the name of its address, its title, what one finds there, and the right that opens it."""

    url: str
    title: Text
    what: Text
    right: Right
    # Whether the right in one circle opens it too; the page then shows what it covers.
    somewhere: bool = False


STEWARD_ROOMS: tuple[Room, ...] = (
    Room(
        "member-list",
        _("All members"),
        _("Find, count, save as a set, put in a circle, take out as a file."),
        SEE_MEMBERS,
    ),
    Room("figures", _("Figures"), _("How many are here, by circle and by month; exact."), SEE_MEMBERS),
    Room(
        "circles", _("Circles"), _("make them, change them, and say how one comes in"), MANAGE_CIRCLES, True
    ),
    Room("roles", _("Roles"), _("make them, and give and take them"), MANAGE_ROLES, True),
    Room("register", _("Register of purposes"), _("what is held about people, and how many"), SEE_REGISTER),
    Room("invites", _("Invitations"), _("links and letters by which people come in"), INVITE, True),
    Room("invite-graph", _("Who brought whom"), _("and how those who came are doing"), SEE_GRAPH),
    Room("newcomers", _("Newcomers"), _("who is new, and who of them was greeted"), WELCOME_NEWCOMERS),
    Room(
        "first-steps-for-newcomers",
        _("First steps"),
        _("what newcomers are told, and who greets them"),
        WELCOME_NEWCOMERS,
    ),
    Room(
        "profile-fields",
        _("Questions of profiles"),
        _("what members are asked about themselves"),
        DEFINE_FIELDS,
    ),
    Room(
        "requests",
        _("Requests to join"),
        _("who wants in, and what each of them waits for"),
        DECIDE_REQUESTS,
        True,
    ),
    Room(
        "removals",
        _("Removals"),
        _("Who was removed, why and until when, and how to lift it."),
        REMOVE_MEMBERS,
    ),
    Room(
        "review",
        _("Review"),
        _("posts that are held or reported, appeals, and what was decided"),
        TEND_TOPICS,
        True,
    ),
    Room("exit-answers", _("Why people left"), _("What they said, without names."), READ_EXIT_ANSWERS),
    Room("leaving-terms", _("The charter on leaving"), _("What becomes of what leavers made."), EDIT_CHARTER),
    Room("tiers", _("Tiers"), _("what each costs and opens, and how many have it"), MANAGE_TIERS),
    Room("renewals", _("Renewals"), _("what is due, in grace or lapsed, and payments"), MANAGE_TIERS),
)
