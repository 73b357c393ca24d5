from django.urls import path

from porch.moderation.appeals.views import appeal
from porch.moderation.sanctions.views import show_own

urlpatterns = [
    path("", show_own, name="own-sanctions"),
    path("<int:strike>/appeal/", appeal, name="own-appeal"),
]
