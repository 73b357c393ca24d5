"""The API as a whole. What a part of the house offers stands in a file of its own, and in this list."""

from porch.web.api import me, members, roles, token
from porch.web.api.answering import make_api
from porch.web.api_asking import asks, polls, rituals
from porch.web.api_belonging import circles, figures, removals, tiers
from porch.web.api_belonging import roles as role_writes
from porch.web.api_care import review, safety, sanctions
from porch.web.api_direct import blocks, direct
from porch.web.api_finding import search
from porch.web.api_joining import invites, requests
from porch.web.api_profiles import directory, notes, profiles
from porch.web.api_talk import keeping, posts, spaces, tending, topics
from porch.web.api_told import devices, drafts, hearing, notices
from porch.web.api_webhooks import webhooks

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
    spaces.router,
    topics.router,
    posts.router,
    tending.router,
    keeping.router,
    polls.router,
    asks.router,
    rituals.router,
    direct.router,
    blocks.router,
    search.router,
    notices.router,
    hearing.router,
    drafts.router,
    devices.router,
    safety.router,
    review.router,
    sanctions.router,
    webhooks.router,
)

api = make_api()
for each in ROUTERS:
    api.add_router("", each)
