from django.urls import path

from porch.web.desk.promises.views import make_promise, settle_promise, show_promise, show_promises_at_desk

urlpatterns = [
    path("", show_promises_at_desk, name="desk-promises"),
    path("new/", make_promise, name="new-promise"),
    path("<int:pk>/", show_promise, name="promise"),
    path("<int:pk>/settlement/", settle_promise, name="settlement"),
]
