from django.urls import include, path

urlpatterns = [
    path("spaces/", include("porch.conversation.spaces.urls")),
    path("topics/", include("porch.conversation.topics.urls")),
    path("posts/", include("porch.conversation.posts.urls")),
]
