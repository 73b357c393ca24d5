from django.urls import path

from porch.community.roles.views.changing import delete, edit_role, new_role
from porch.community.roles.views.giving import give, take
from porch.community.roles.views.seeing import show_role, show_roles

urlpatterns = [
    path("", show_roles, name="roles"),
    path("new/<str:circle>/", new_role, name="new-role"),
    path("<int:role>/", show_role, name="role"),
    path("<int:role>/change/", edit_role, name="role-change"),
    path("<int:role>/deletion/", delete, name="role-deletion"),
    path("<int:role>/holders/", give, name="role-holders"),
    path("<int:role>/removal/", take, name="role-removal"),
]
