from django.urls import path

from porch.community.portraits.views import edit_portrait, remove_portrait

urlpatterns = [
    path("", edit_portrait, name="portrait"),
    path("removal/", remove_portrait, name="portrait-removal"),
]
