"""Every operation of conversation, once: how it is asked where it has an answer."""

from collections.abc import Collection
from functools import partial

from tests.web.api.calls import Call
from tests.web.api.talk_world import talk_filling

Said = partial(Call, world=talk_filling)
Tended = partial(Said, by_right=True)


def with_topics(names: Collection[str]) -> dict[str, str]:
    """Make topics for what names none of them."""
    return talk_filling([*names, "topic"])


POST = '{"source": "Rye, then."}'
TOPIC = '{"title": "Flour", "source": "Which?", "kind": "question", "tags": ["Rye", "Mill"]}'
POLL = '{"title": "Grain?", "source": "Choose.", "options": ["Rye", "Oats"], "closes_at": "{later}"}'
RITUAL = '{"title": "Bake", "source": "Dough.", "every": "month-day", "day": 3}'
STRIKE = '{"kind": "warning", "why": "abuse", "message": "Kindly."}'

TALK = (
    Said("list_spaces", "GET", "/spaces"),
    Said("show_space", "GET", "/spaces/{space}"),
    Said("make_this_space", "POST", "/spaces", '{"name": "Cellar", "circle_id": {circle}}'),
    Said("change_this_space", "PATCH", "/spaces/{space}", '{"description": "Warm."}'),
    Said("archive_this_space", "PUT", "/spaces/{space}/archive"),
    Said("reopen_this_space", "DELETE", "/spaces/{space}/archive"),
    Said("list_topics", "GET", "/spaces/{space}/topics"),
    Said("list_latest", "GET", "/topics"),
    Said("begin_this_topic", "POST", "/spaces/{space}/topics", TOPIC),
    Said("show_topic", "GET", "/topics/{topic}"),
    Said("choose_this_level", "PUT", "/topics/{topic}/level", '{"level": "mute"}'),
    Said("mark_as_read", "PUT", "/topics/{topic}/reading", '{"number": 3}'),
    Said("list_posts", "GET", "/topics/{topic}/posts"),
    Said("write_this_post", "POST", "/topics/{topic}/posts", POST),
    Said("show_post", "GET", "/posts/{theirs}"),
    Tended("change_this_post", "PUT", "/posts/{hers}", '{"source": "Oats.", "edits": 1}'),
    Said("list_editions", "GET", "/posts/{hers}/editions"),
    Said("delete_this_post", "PUT", "/posts/{bens}/deletion", '{"reason": ""}'),
    Said("restore_this_post", "DELETE", "/posts/{gone}/deletion"),
    Said("remove_this_preview", "DELETE", "/posts/{bens}/preview"),
    Said("render_this", "POST", "/rendering", '{"source": "*Rye*", "topic_id": {topic}}'),
    Said("rename_this_topic", "PUT", "/topics/{topic}/title", '{"title": "Loaves"}'),
    Said("tag_this_topic", "PUT", "/topics/{topic}/tags", '{"tags": ["Oats"]}'),
    Call("rename_this_tag", "PATCH", "/tags/rye", '{"name": "Dark rye"}', world=with_topics),
    Tended("pin_this_topic", "PUT", "/topics/{topic}/pin"),
    Tended("unpin_this_topic", "DELETE", "/topics/{topic}/pin"),
    Tended("close_this_topic", "PUT", "/topics/{topic}/closure", '{"reason": "Baked."}'),
    Tended("reopen_this_topic", "DELETE", "/topics/{topic}/closure"),
    Tended("move_this_topic", "PUT", "/topics/{topic}/space", '{"space_id": {pantry}}'),
    Tended("split_this_topic", "POST", "/topics/{topic}/splitting", '{"numbers": [2, 3], "title": "Corn"}'),
    Tended("merge_this_topic", "POST", "/topics/{topic}/merging", '{"into_topic_id": {question}}'),
    Said("choose_this_answer", "PUT", "/topics/{question}/answer", '{"number": 2}'),
    Said("take_answer_back", "DELETE", "/topics/{question}/answer"),
    Said("list_reactions", "GET", "/posts/{theirs}/reactions"),
    Said("give_reaction", "PUT", "/posts/{theirs}/reactions/🎉"),
    Said("take_reaction_back", "DELETE", "/posts/{theirs}/reactions/👍"),
    Said("list_bookmarks", "GET", "/me/bookmarks"),
    Said("bookmark_this_post", "PUT", "/posts/{hers}/bookmark", '{"note": "Oats.", "remind_at": "{later}"}'),
    Said("drop_this_bookmark", "DELETE", "/posts/{theirs}/bookmark"),
    Said("open_this_poll", "POST", "/spaces/{space}/polls", POLL),
    Said("show_poll", "GET", "/topics/{poll}/poll"),
    Said("vote_in_poll", "PUT", "/topics/{poll}/poll/ballot", '{"option_ids": [{option}]}'),
    Said("close_this_poll", "PUT", "/topics/{poll}/poll/closure"),
    Said("list_ballots", "GET", "/topics/{poll}/poll/ballots"),
    Said("list_asks", "GET", "/topics/{topic}/asks"),
    Tended("ask_members", "POST", "/posts/{where}/ask", '{"until": "{later}"}'),
    Tended("list_asked", "GET", "/posts/{asks}/ask/members"),
    Tended("remind_the_asked", "POST", "/posts/{asks}/ask/reminder"),
    Said("answer_this_ask", "PUT", "/posts/{sols}/ask/answer", '{"post_id": null}'),
    Said("list_waiting", "GET", "/me/asked"),
    Said("list_rituals", "GET", "/spaces/{space}/rituals"),
    Tended("make_this_ritual", "POST", "/spaces/{space}/rituals", RITUAL),
    Said("open_this_ritual", "POST", "/rituals/{ritual}/opening", '{"source": "Fresh."}'),
    Tended("tend_this_ritual", "PUT", "/rituals/{ritual}/state", '{"state": "paused"}'),
    Said("list_directs", "GET", "/directs"),
    Said("show_direct", "GET", "/directs/{direct}"),
    Said("begin_this_direct", "POST", "/directs", '{"member_ids": [{gil}], "source": "Psst."}'),
    Said("name_this_group", "PUT", "/directs/{direct}/name", '{"name": "Ovens"}'),
    Said("leave_this_group", "DELETE", "/directs/{direct}/me"),
    Said("list_blocks", "GET", "/me/blocks"),
    Said("block_this_member", "POST", "/me/blocks", '{"member_id": {gil}}'),
    Said("lift_this_block", "DELETE", "/me/blocks/1"),
    Said("show_who_may_write", "GET", "/me/who-may-write"),
    Said("choose_this", "PUT", "/me/who-may-write", '{"who": "circles"}'),
    Said("search_posts", "GET", "/search?q=oats"),
    Said("choose_for_this_space", "PUT", "/spaces/{space}/level", '{"level": "follow"}'),
    Said("list_notices", "GET", "/me/notices"),
    Said("list_notice_topics", "GET", "/me/notices/topics"),
    Said("put_topic_away", "PUT", "/me/notices/topics/{topic}/seen"),
    Said("put_notices_away", "POST", "/me/notices/seen"),
    Said("show_choices", "GET", "/me/notice-choices"),
    Said(
        "change_choices",
        "PATCH",
        "/me/notice-choices",
        '{"reply": "daily", "quiet_from": "22:00", "quiet_to": "07:00"}',
    ),
    Said("list_drafts", "GET", "/me/drafts"),
    Said("keep_draft_in_topic", "PUT", "/topics/{question}/draft", '{"source": "Or"}'),
    Said("discard_draft_in_topic", "DELETE", "/topics/{topic}/draft"),
    Said("keep_draft_for_space", "PUT", "/spaces/{space}/draft", '{"source": "Or", "title": "What"}'),
    Said("discard_draft_for_space", "DELETE", "/spaces/{space}/draft"),
    Said("report_this_post", "POST", "/posts/{theirs}/reports", '{"why": "spam", "words": "Corn!"}'),
    Said("list_reports", "GET", "/me/reports"),
    Said("show_standing", "GET", "/me/standing"),
    Said("list_held", "GET", "/me/held-posts"),
    Said("withdraw_this_post", "DELETE", "/me/held-posts/{held}", hers=True),
    Said("read_safety_log", "GET", "/safety-log"),
    Tended("choose_slow_mode", "PUT", "/spaces/{space}/slow-mode", '{"seconds": 60}'),
    Said("list_cases", "GET", "/review"),
    Said("show_case", "GET", "/review/{case}"),
    Said("decide_this_case", "POST", "/review/{case}/decision", '{"verdict": "remove", "why": "spam"}'),
    Said("list_decisions", "GET", "/decisions"),
    Said("undo_this_decision", "DELETE", "/decisions/{decision}"),
    Said("list_own_strikes", "GET", "/me/strikes"),
    Said("appeal_against", "POST", "/me/strikes/{strike}/appeal", '{"words": "I did not."}', hers=True),
    Said("list_strikes", "GET", "/members/{gil}/strikes"),
    Said("strike_this_member", "POST", "/members/{gil}/strikes", STRIKE),
    Said("lift_this_strike", "DELETE", "/strikes/{struck}"),
    Said("list_appeals", "GET", "/appeals"),
    Said(
        "decide_this_appeal",
        "POST",
        "/appeals/{appeal}/decision",
        '{"is_lifted": true, "answer": "So be it."}',
    ),
)
