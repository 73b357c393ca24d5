from django.urls import include, path

from porch.people.holdings.views import erase_me, show_holding, show_holdings

urlpatterns = [
    path("", show_holdings, name="holdings"),
    path("erasure/", erase_me, name="erase-oneself"),
    path("takeout/", include("porch.people.takeout.urls")),
    path("tables/<str:table>/", show_holding, name="holding"),
]
