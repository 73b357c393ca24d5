from django.urls import path

from porch.community.circles.views.changing import close, edit_circle, new_circle, remove_member
from porch.community.circles.views.seeing import leave, show_circle, show_circles

urlpatterns = [
    path("", show_circles, name="circles"),
    path("new/", new_circle, name="new-circle"),
    path("<str:circle>/", show_circle, name="circle"),
    path("<str:circle>/change/", edit_circle, name="circle-change"),
    path("<str:circle>/closing/", close, name="circle-closing"),
    path("<str:circle>/leaving/", leave, name="circle-leaving"),
    path("<str:circle>/removal/", remove_member, name="circle-removal"),
]
