from django.urls import path

from porch.community.removal.views import show_own_removal

urlpatterns = [path("", show_own_removal, name="own-removal")]
