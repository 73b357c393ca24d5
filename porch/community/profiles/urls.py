"""Served below /inside/; one's own profile is served below /account/."""

from django.urls import path

from porch.community.profiles import views

urlpatterns = [
    path("directory/", views.show_directory, name="directory"),
    path("profile-fields/", views.show_fields, name="profile-fields"),
    path("profile-fields/new/", views.new_field, name="new-profile-field"),
    path("profile-fields/<int:field>/", views.edit_field, name="profile-field"),
    path("profile-fields/<int:field>/retirement/", views.change_retirement, name="profile-field-retirement"),
]
