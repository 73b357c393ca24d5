"""Porch as it is, with two addresses more: a POST at which somebody joins, and one at which somebody replies in the
first topic, so that a fact is noted inside the server."""

from porch.web.cli.base import load

load()

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from porch.community.roles.founding import admit_founder  # noqa: E402
from porch.conversation.posts.writing import write_post  # noqa: E402
from porch.conversation.topics.models import Topic  # noqa: E402
from porch.kit.time import now  # noqa: E402
from porch.people.doors import anyone  # noqa: E402
from porch.web import urls  # noqa: E402
from porch.web.cli import main  # noqa: E402
from tests.bench.data import add_person  # noqa: E402


@csrf_exempt
@anyone
def admit(request: HttpRequest) -> HttpResponse:
    at = now()
    admit_founder(person=add_person("New", at), at=at)
    return HttpResponse(status=204)


@csrf_exempt
@anyone
def reply(request: HttpRequest) -> HttpResponse:
    topic = Topic.objects.select_related("author").get(pk=1)
    write_post(
        topic_id=topic.pk, source="A **reply** of two lines.\n\nIt says yes.", by=topic.author, at=now()
    )
    return HttpResponse(status=204)


urls.urlpatterns += [path("bench/admit/", admit), path("bench/reply/", reply)]

if __name__ == "__main__":
    main()
