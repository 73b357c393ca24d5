from django.urls import include, path

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
    path("backups/", include("porch.web.desk.backups.urls")),
    path("doctor/", include("porch.web.desk.doctor.urls")),
    path("engine/", show_engine, name="engine"),
    path("components/", show_components, name="components"),
]
