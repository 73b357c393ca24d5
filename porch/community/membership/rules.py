from porch.community.membership.reads import is_member
from porch.people.doors import Door

members = Door("members", lambda request: is_member(request.user.pk))
