from django.urls import path

from porch.notices.pages.views import edit_choices

urlpatterns = [path("", edit_choices, name="notice-choices")]
