from django.urls import include, path

from porch.web.desk.first_steps.views import dismiss_first_steps
from porch.web.desk.views import (
    show_bridge,
    show_components,
    show_desk,
    show_engine,
    switch_sign,
    write_article,
)

urlpatterns = [
    path("", show_desk, name="desk"),
    path("articles/new/", write_article, name="write-article"),
    path("bridge/", show_bridge, name="bridge"),
    path("bridge/door-sign/", switch_sign, name="door-sign"),
    path("engine/", show_engine, name="engine"),
    path("people/", include("porch.web.desk.people.urls")),
    path("first-steps/dismissal/", dismiss_first_steps, name="first-steps-dismissal"),
    path("components/", show_components, name="components"),
]
