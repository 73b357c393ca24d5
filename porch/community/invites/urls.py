from django.urls import path

from porch.community.invites.views.graph import show_graph
from porch.community.invites.views.looking_after import change_revocation, send_letter_again, show_invites
from porch.community.invites.views.making import make_invite

urlpatterns = [
    path("", show_invites, name="invites"),
    path("new/", make_invite, name="new-invite"),
    path("graph/", show_graph, name="invite-graph"),
    path("<int:invite>/revocation/", change_revocation, name="invite-revocation"),
    path("<int:invite>/letter/", send_letter_again, name="invite-letter"),
]
