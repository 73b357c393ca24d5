"""The API as a whole. What a part of the house offers stands in a file of its own, and in this list."""

from porch.web.api import figures, me, members, roles, token
from porch.web.api.answering import make_api
from porch.web.api_belonging import circles, removals, tiers
from porch.web.api_belonging import roles as role_writes
from porch.web.api_joining import invites, requests
from porch.web.api_profiles import directory, notes, profiles

ROUTERS = (
    token.router,
    me.router,
    members.router,
    # The one of porch.web.api.circles: an address has one router.
    circles.router,
    roles.router,
    role_writes.router,
    invites.router,
    requests.router,
    tiers.router,
    removals.router,
    profiles.router,
    directory.router,
    notes.router,
    figures.router,
)

api = make_api()
for each in ROUTERS:
    api.add_router("", each)
