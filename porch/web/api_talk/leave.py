"""What a token may know of where its person may: direct conversations are open to it by scopes of their own alone.

Everything else about who reaches what is asked by the readers and the verbs, as for the pages.
"""

from django.db.models import Q

from porch.conversation.pages.reads import TopicHead, find_topic
from porch.conversation.posts.reads import ReachedPost, find_post
from porch.conversation.spaces.rights import SPEAK_FOR_ALL
from porch.kit.refusals import NotFound
from porch.people.tokens.scopes import Scope
from porch.web.api.gate import Also, ApiRequest, InsufficientScope
from porch.web.api_talk.scopes import DIRECT_READ, DIRECT_WRITE, TALK_READ, TALK_SPEAK

SPEAKING = Also(TALK_SPEAK, SPEAK_FOR_ALL, "as the organisation")


def may_use(request: ApiRequest, scope: Scope) -> bool:
    """Say whether the token that asks has a scope."""
    return scope.name in request.auth.token.scopes.split()


def require_scope(request: ApiRequest, scope: Scope) -> None:
    """Refuse a token without a scope that not every request needs. Raises ``InsufficientScope``."""
    if not may_use(request, scope):
        raise InsufficientScope(scope=scope.name)


def require_voice(request: ApiRequest, *, as_organisation: bool) -> None:
    """Refuse a token that may write in its person's name alone to speak for all; the verb asks who may."""
    if as_organisation:
        require_scope(request, TALK_SPEAK)


def open_to_token(request: ApiRequest, space: str = "") -> Q:
    """Say that what is in a space, reached by a path, may be read with the token that asks."""
    return Q() if may_use(request, DIRECT_READ) else Q(**{f"{space}is_direct": False})


def topic_within(request: ApiRequest, number: int, *, writes: bool = False) -> TopicHead:
    """Find a topic that whoever asks reaches, and that their token may read, or write in. Raises ``NotFound``."""
    found = find_topic(number, request.auth.someone.pk)
    if found.space__is_direct:
        require_direct(request, writes=writes)
    return found


def post_within(request: ApiRequest, number: int, *, writes: bool = False) -> ReachedPost:
    """Find a post that whoever asks reaches, and that their token may read, or write about. Raises ``NotFound``."""
    found = find_post(number, request.auth.someone.pk)
    if found.topic__space__is_direct:
        require_direct(request, writes=writes)
    return found


def require_topic(request: ApiRequest, number: int) -> None:
    """Refuse to write in a topic that is not reached, before anything else is looked at; the verb asks all else."""
    topic_within(request, number, writes=True)


def require_post(request: ApiRequest, number: int) -> None:
    """Refuse to write about a post that is not reached, before anything else is looked at; the verb asks all else."""
    post_within(request, number, writes=True)


def require_direct(request: ApiRequest, *, writes: bool) -> None:
    """Have it look as if nothing were there, without the scopes for what is direct. Raises ``NotFound``."""
    if not may_use(request, DIRECT_WRITE if writes else DIRECT_READ):
        raise NotFound


def may_read(request: ApiRequest, post: ReachedPost) -> bool:
    """Say whether the token may be told what a post says: one that only writes is told its person's own words."""
    is_own = post.author_id == request.auth.someone.pk
    return is_own or may_use(request, DIRECT_READ if post.topic__space__is_direct else TALK_READ)
