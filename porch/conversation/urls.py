from django.urls import path

from porch.conversation.pages.views.bookmarks import edit_bookmark, show_bookmarks
from porch.conversation.pages.views.posts import answer, change, deletion, show_editions, write
from porch.conversation.pages.views.reactions import edit_reactions
from porch.conversation.pages.views.spaces import edit_archive, edit_space, new_space, show_space, show_spaces
from porch.conversation.pages.views.splitting import split
from porch.conversation.pages.views.tags import change_tag, show_tag
from porch.conversation.pages.views.topics import (
    choose,
    find_place,
    mark,
    new_topic,
    show_latest,
    show_topic,
    tend,
)

urlpatterns = [
    path("latest/", show_latest, name="latest"),
    path("spaces/", show_spaces, name="spaces"),
    path("spaces/new/", new_space, name="new-space"),
    path("spaces/<str:space>/", show_space, name="space"),
    path("spaces/<str:space>/new/", new_topic, name="new-topic"),
    path("spaces/<str:space>/change/", edit_space, name="space-change"),
    path("spaces/<str:space>/archive/", edit_archive, name="space-archive"),
    path("topics/<int:topic>/", show_topic, name="topic"),
    path("topics/<int:topic>/<int:number>/", find_place, name="place"),
    path("topics/<int:topic>/posts/", write, name="topic-posts"),
    path("topics/<int:topic>/answer/", answer, name="topic-answer"),
    path("topics/<int:topic>/level/", choose, name="topic-level"),
    path("topics/<int:topic>/reading/", mark, name="topic-reading"),
    path("topics/<int:topic>/care/", tend, name="topic-care"),
    path("topics/<int:topic>/splitting/", split, name="topic-splitting"),
    path("posts/<int:post>/change/", change, name="post-change"),
    path("posts/<int:post>/deletion/", deletion, name="post-deletion"),
    path("posts/<int:post>/editions/", show_editions, name="post-editions"),
    path("posts/<int:post>/bookmark/", edit_bookmark, name="post-bookmark"),
    path("tags/<str:tag>/", show_tag, name="tag"),
    path("tags/<str:tag>/change/", change_tag, name="tag-change"),
    path("bookmarks/", show_bookmarks, name="bookmarks"),
    path("posts/<int:post>/reactions/", edit_reactions, name="post-reactions"),
]
