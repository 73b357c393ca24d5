from django.urls import path

from porch.notices.pages.views import broadcast, open_notices, show_notices

urlpatterns = [
    path("notices/", show_notices, name="notices"),
    path("notices/<int:topic>/", open_notices, name="notices-of-topic"),
    path("topics/<int:topic>/broadcast/", broadcast, name="topic-broadcast"),
]
