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
    path("engine/", show_engine, name="engine"),
    path("consents/", include("porch.web.desk.consents.urls")),
    path("mail/", include("porch.web.desk.mail.urls")),
    path("suppression/", include("porch.web.desk.suppression.urls")),
    path("components/", show_components, name="components"),
]
