from django.urls import path

from porch.conversation.posts.views import change, deletion, show_editions

urlpatterns = [
    path("<int:post>/change/", change, name="post-change"),
    path("<int:post>/deletion/", deletion, name="post-deletion"),
    path("<int:post>/editions/", show_editions, name="post-editions"),
]
