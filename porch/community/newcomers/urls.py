from django.urls import path

from porch.community.newcomers import views

urlpatterns = [
    path("", views.show_newcomers, name="newcomers"),
    path("<int:member>/greeting/", views.change_greeting, name="greeting"),
    path("first-steps/", views.edit_first_steps, name="first-steps-for-newcomers"),
    path("first-steps/dismissal/", views.change_dismissal, name="welcome-dismissal"),
    path("greeters/<int:member>/", views.change_greeter, name="greeter"),
]
