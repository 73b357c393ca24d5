"""The API as a whole. What a part of the house offers stands in a file of its own here, and in this list."""

from porch.web.api import circles, figures, me, members, roles, token
from porch.web.api.answering import make_api

ROUTERS = (token.router, me.router, members.router, circles.router, roles.router, figures.router)

api = make_api()
for each in ROUTERS:
    api.add_router("", each)
