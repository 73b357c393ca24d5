from django.urls import path

from porch.community.lists.views import change_many, change_sets, download_list, show_figures, show_list

urlpatterns = [
    path("members/", show_list, name="member-list"),
    path("members/file/", download_list, name="member-list-file"),
    path("members/sets/", change_sets, name="member-sets"),
    path("members/placing/", change_many, name="member-placing"),
    path("figures/", show_figures, name="figures"),
]
