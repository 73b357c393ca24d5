from django.urls import path

from porch.community.leaving.views.stewards import edit_terms, show_exit_answers

urlpatterns = [
    path("charter/leaving/", edit_terms, name="leaving-terms"),
    path("exit-answers/", show_exit_answers, name="exit-answers"),
]
