from django.urls import path

from porch.conversation.features.views.asks import answer_ask, edit_ask, show_asked
from porch.conversation.features.views.bookmarks import edit_bookmark, show_bookmarks
from porch.conversation.features.views.direct import edit_direct, new_direct, show_directs
from porch.conversation.features.views.polls import cast_vote, end_poll, new_poll, show_ballots
from porch.conversation.features.views.reactions import edit_reactions
from porch.conversation.features.views.rituals import new_ritual, open_now, show_rituals, tend_ritual
from porch.conversation.features.views.search import show_search
from porch.conversation.features.views.splitting import split
from porch.conversation.features.views.tags import change_tag, show_tag
from porch.conversation.features.views.tending import tend
from porch.conversation.pages.views.posts import answer, change, deletion, remove_card, show_editions, write
from porch.conversation.pages.views.spaces import edit_archive, edit_space, new_space, show_space, show_spaces
from porch.conversation.pages.views.topics import (
    choose,
    find_place,
    mark,
    new_topic,
    show_latest,
    show_topic,
)
from porch.conversation.pages.views.writing import (
    add_picture,
    keep_for_space,
    keep_in_topic,
    name_in_space,
    name_in_topic,
    show_drafts,
)

urlpatterns = [
    path("direct/", show_directs, name="direct"),
    path("direct/new/", new_direct, name="new-direct"),
    path("direct/<int:topic>/", edit_direct, name="direct-about"),
    path("latest/", show_latest, name="latest"),
    path("search/", show_search, name="search"),
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
    path("spaces/<str:space>/new-poll/", new_poll, name="new-poll"),
    path("topics/<int:topic>/ballot/", cast_vote, name="topic-ballot"),
    path("topics/<int:topic>/ballots/", show_ballots, name="topic-ballots"),
    path("topics/<int:topic>/poll-closing/", end_poll, name="topic-poll-closing"),
    path("asked/", show_asked, name="asked"),
    path("posts/<int:post>/ask/", edit_ask, name="post-ask"),
    path("posts/<int:post>/ask/answer/", answer_ask, name="post-ask-answer"),
    path("spaces/<str:space>/rituals/", show_rituals, name="space-rituals"),
    path("spaces/<str:space>/rituals/new/", new_ritual, name="new-ritual"),
    path("rituals/<int:ritual>/opening/", open_now, name="ritual-opening"),
    path("rituals/<int:ritual>/care/", tend_ritual, name="ritual-care"),
    path("topics/<int:topic>/splitting/", split, name="topic-splitting"),
    path("posts/<int:post>/change/", change, name="post-change"),
    path("posts/<int:post>/deletion/", deletion, name="post-deletion"),
    path("posts/<int:post>/preview/", remove_card, name="post-preview"),
    path("posts/<int:post>/editions/", show_editions, name="post-editions"),
    path("topics/<int:topic>/people/", name_in_topic, name="topic-people"),
    path("topics/<int:topic>/draft/", keep_in_topic, name="topic-draft"),
    path("spaces/<str:space>/people/", name_in_space, name="space-people"),
    path("spaces/<str:space>/draft/", keep_for_space, name="space-draft"),
    path("pictures/", add_picture, name="pictures"),
    path("drafts/", show_drafts, name="drafts"),
    path("posts/<int:post>/bookmark/", edit_bookmark, name="post-bookmark"),
    path("tags/<str:tag>/", show_tag, name="tag"),
    path("tags/<str:tag>/change/", change_tag, name="tag-change"),
    path("bookmarks/", show_bookmarks, name="bookmarks"),
    path("posts/<int:post>/reactions/", edit_reactions, name="post-reactions"),
]
