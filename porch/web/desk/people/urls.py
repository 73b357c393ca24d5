from django.urls import path

from porch.web.desk.people.views import change_operator, change_way_in, show_people

urlpatterns = [
    path("", show_people, name="people"),
    path("<int:person>/operator/", change_operator, name="person-operator"),
    path("<int:person>/way-in/", change_way_in, name="person-way-in"),
]
