from django.urls import path

from porch.community.vouching.views import change_vouch, show_vouches

urlpatterns = [
    path("", show_vouches, name="vouches"),
    path("<int:pk>/", change_vouch, name="vouch"),
]
