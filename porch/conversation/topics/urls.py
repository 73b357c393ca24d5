from django.urls import path

from porch.conversation.posts.views import answer, write
from porch.conversation.topics.views import choose, find_place, show_topic, tend

urlpatterns = [
    path("<int:topic>/", show_topic, name="topic"),
    path("<int:topic>/<int:number>/", find_place, name="place"),
    path("<int:topic>/posts/", write, name="topic-posts"),
    path("<int:topic>/answer/", answer, name="topic-answer"),
    path("<int:topic>/level/", choose, name="topic-level"),
    path("<int:topic>/care/", tend, name="topic-care"),
]
