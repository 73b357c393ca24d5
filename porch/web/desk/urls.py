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
    path("backups/", include("porch.web.desk.backups.urls")),
    path("doctor/", include("porch.web.desk.doctor.urls")),
    path("engine/", show_engine, name="engine"),
    path("engine/jobs/", include("porch.web.desk.jobs.urls")),
    path("engine/facts/", include("porch.web.desk.facts.urls")),
    path("engine/clock/", include("porch.web.desk.clock.urls")),
    path("promises/", include("porch.web.desk.promises.urls")),
    path("audit/", include("porch.web.desk.audit.urls")),
    path("erasures/", include("porch.web.desk.erasures.urls")),
    path("files/", include("porch.web.desk.files.urls")),
    path("consents/", include("porch.web.desk.consents.urls")),
    path("mail/", include("porch.web.desk.mail.urls")),
    path("suppression/", include("porch.web.desk.suppression.urls")),
    path("tokens/", include("porch.web.service_tokens.urls")),
    path("webhooks/", include("porch.web.webhooks.urls")),
    path("people/", include("porch.web.desk.people.urls")),
    path("first-steps/dismissal/", dismiss_first_steps, name="first-steps-dismissal"),
    path("components/", show_components, name="components"),
]
