from django.urls import path

from porch.audience.articles.views import show_article, show_home

urlpatterns = [
    path("", show_home, name="home"),
    path("articles/<str:slug>/", show_article, name="article"),
]
