from django.urls import path

from porch.web.inside.members.views import show_member
from porch.web.inside.promises.views import show_promises
from porch.web.inside.today.views import show_today
from porch.web.inside.views import open_live, open_space, open_spaces, open_topic

urlpatterns = [
    path("live/", open_live, name="live"),
    path("live/spaces/", open_spaces, name="spaces-live"),
    path("inside/spaces/<str:space>/live/", open_space, name="space-live"),
    path("inside/topics/<int:topic>/live/", open_topic, name="topic-live"),
    path("inside/today/", show_today, name="today"),
    path("inside/members/<int:member>/", show_member, name="member"),
    path("inside/promises/", show_promises, name="promises"),
]
