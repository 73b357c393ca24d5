"""Who comes into the pages of requests: whoever has the right somewhere, and then sees what it covers."""

from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import having_somewhere

deciders = having_somewhere(DECIDE_REQUESTS)
keepers_of_circles = having_somewhere(MANAGE_CIRCLES)
