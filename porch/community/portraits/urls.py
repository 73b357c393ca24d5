from django.urls import path

from porch.community.portraits.views import delete_portrait, edit_portrait

urlpatterns = [
    path("", edit_portrait, name="portrait"),
    path("removal/", delete_portrait, name="portrait-removal"),
]
