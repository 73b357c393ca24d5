from django.urls import path

from porch.notices.pages.views import broadcast, show_notices

urlpatterns = [
    path("notices/", show_notices, name="notices"),
    path("topics/<int:topic>/broadcast/", broadcast, name="topic-broadcast"),
]
