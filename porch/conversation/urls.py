from django.urls import include, path

from porch.conversation.topics.views import show_latest

urlpatterns = [
    path("latest/", show_latest, name="latest"),
    path("spaces/", include("porch.conversation.spaces.urls")),
    path("topics/", include("porch.conversation.topics.urls")),
    path("posts/", include("porch.conversation.posts.urls")),
]
