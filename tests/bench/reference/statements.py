"""What the bare reference reads of conversation, in plain SQL, and the rows that its pages are rendered with."""

from collections import namedtuple

# Whoever is a member and the space is for all, or they are in its circle or have its role.
REACHED = (
    "EXISTS (SELECT 1 FROM community_member m WHERE m.person_id = :person AND m.left_at IS NULL) AND ("
    "s.circle_id IS NULL AND s.role_id IS NULL "
    "OR EXISTS (SELECT 1 FROM community_circlemember c JOIN community_member m ON m.id = c.member_id "
    "WHERE c.circle_id = s.circle_id AND m.person_id = :person) "
    "OR EXISTS (SELECT 1 FROM community_roleholder r JOIN community_member m ON m.id = r.member_id "
    "WHERE r.role_id = s.role_id AND m.person_id = :person))"
)
TENDS = (
    "EXISTS (SELECT 1 FROM community_roleright g JOIN community_roleholder r ON r.role_id = g.role_id "
    "JOIN community_member m ON m.id = r.member_id WHERE m.person_id = :person AND g.right IN ('tend-topics', '*'))"
)
BLOCKED = (
    "(SELECT group_concat(m.id, ' ') FROM community_member m WHERE m.person_id IN (SELECT b.blocked FROM "
    "conversation_block b WHERE b.person_id = :person))"
)
SILENT = (
    "(SELECT k.until FROM moderation_strike k WHERE k.person_id = :person AND k.kind = 'silence' "
    "AND k.lifted_at IS NULL ORDER BY k.until DESC LIMIT 1)"
)
SPEAKS = TENDS.replace("tend-topics", "speak-for-all")
SEEN = (
    "(SELECT r.{} FROM conversation_reading r JOIN community_member m ON m.id = r.member_id "
    "WHERE r.topic_id = t.id AND m.person_id = :person)"
)
HEARD = (
    "(SELECT h.level FROM conversation_spacelevel h JOIN community_member m ON m.id = h.member_id "
    "WHERE h.space_id = s.id AND m.person_id = :person)"
)
TOPIC = (
    "SELECT t.id, t.kind, t.title, t.author_id, t.posts, t.is_pinned, t.answer, c.at, c.reason, s.slug, s.name, "
    f"s.is_glass, s.archived_at, i.name, o.name, {TENDS}, coalesce({SEEN.format('number')}, 0), "
    f"{SEEN.format('level')}, (SELECT MAX(id) FROM engine_community_fact), (SELECT m.id FROM community_member m "
    "WHERE m.person_id = :person), s.is_direct, w.source, w.beside, w.version, w.at, t.asks, t.merged_into_id, t.tags, "
    f"s.slow_seconds, s.id, {SPEAKS}, {BLOCKED}, {SILENT} FROM conversation_topic t "
    "JOIN conversation_space s ON s.id = t.space_id "
    "LEFT JOIN conversation_closure c ON c.topic_id = t.id LEFT JOIN community_circle i ON i.id = s.circle_id "
    "LEFT JOIN conversation_draft w ON w.topic_id = t.id AND w.person_id = :person "
    f"LEFT JOIN community_role o ON o.id = s.role_id WHERE t.id = :topic AND {REACHED}"
)
POSTS = (
    "SELECT p.id, p.number, p.author_id, a.name, p.at, p.html, p.reply_to, p.edits, d.at, d.by_author, d.reason, "
    "m.id, h.holding_id, p.link_card, EXISTS (SELECT 1 FROM conversation_block b WHERE b.person_id = :person AND "
    "b.blocked = p.author_id), p.reactions, (SELECT group_concat(x.emoji, ' ') FROM conversation_reaction x "
    "WHERE x.post_id = p.id AND x.member_id = :member), p.moved_to_id, p.reply_topic_id, EXISTS (SELECT 1 FROM "
    "conversation_bookmark k WHERE k.post_id = p.id AND k.member_id = :member), d.is_hidden, p.voice "
    "FROM conversation_post p LEFT JOIN people_person a ON a.id = p.author_id "
    "LEFT JOIN conversation_deletion d ON d.post_id = p.id LEFT JOIN community_member m ON m.person_id = a.id "
    "LEFT JOIN community_portrait h ON h.member_id = m.id "
    "WHERE p.topic_id = :topic AND p.number > :after ORDER BY p.number LIMIT 30"
)
SPACE = (
    "SELECT s.id, s.slug, s.name, s.description, s.icon, i.name, i.slug, o.name, s.is_hidden, s.is_glass, "
    f"s.is_sensitive, s.archived_at, {TENDS}, s.rituals, s.shape, s.slow_seconds, {TENDS}, "
    f"(SELECT MAX(id) FROM engine_community_fact), {HEARD} FROM conversation_space s "
    "LEFT JOIN community_circle i ON i.id = s.circle_id LEFT JOIN community_role o ON o.id = s.role_id "
    f"WHERE s.slug = :slug AND {REACHED}"
)
TOPICS = (
    "SELECT t.id, t.kind, t.title, a.name, t.posts, t.last_said_at, t.is_pinned, t.answer, c.at, "
    f"{SEEN.format('number')}, {SEEN.format('level')}, t.tags, t.voice, a.name, "
    "(SELECT m.joined_at FROM community_member m "
    "WHERE m.person_id = :person), "
    "(SELECT h.level FROM conversation_spacelevel h JOIN community_member m ON m.id = h.member_id "
    "WHERE h.space_id = :space AND m.person_id = :person) FROM conversation_topic t "
    "LEFT JOIN people_person a ON a.id = t.author_id LEFT JOIN conversation_closure c ON c.topic_id = t.id "
    "WHERE t.space_id = :space ORDER BY t.is_pinned DESC, t.last_said_at DESC, t.id DESC LIMIT 31"
)
KEEPERS = (
    "SELECT DISTINCT p.name FROM community_roleholder r JOIN community_member m ON m.id = r.member_id "
    "JOIN people_person p ON p.id = m.person_id JOIN community_roleright g ON g.role_id = r.role_id "
    "WHERE g.right IN ('tend-topics', '*') ORDER BY m.id LIMIT 12"
)

GLASS_TOPIC = (
    "SELECT t.id, t.title, a.name, t.begun_at, t.posts, t.last_said_at, t.is_pinned, t.answer, s.slug, s.name, "
    "t.merged_into_id, t.voice FROM conversation_topic t JOIN conversation_space s ON s.id = t.space_id "
    "LEFT JOIN people_person a ON a.id = t.author_id WHERE t.id = ? AND s.is_glass AND t.posts > 0"
)
GLASS_POSTS = (
    "SELECT p.number, a.name, p.at, p.html, p.edits, p.reply_to, d.at, p.moved_to_id, p.reply_topic_id, p.voice "
    "FROM conversation_post p LEFT JOIN people_person a ON a.id = p.author_id "
    "LEFT JOIN conversation_deletion d ON d.post_id = p.id "
    "WHERE p.topic_id = ? AND p.number > ? ORDER BY p.number LIMIT 30"
)
FOUND = (
    "SELECT p.id, p.number, p.at, p.html, a.name, t.id, t.title, t.kind, t.answer, s.slug, s.name, p.voice "
    "FROM conversation_post p JOIN conversation_topic t ON t.id = p.topic_id "
    "JOIN conversation_space s ON s.id = t.space_id LEFT JOIN people_person a ON a.id = p.author_id "
    "WHERE p.id IN (SELECT rowid FROM conversation_found WHERE conversation_found MATCH :match "
    f"ORDER BY rowid DESC LIMIT 2000) AND {REACHED} "
    "AND NOT EXISTS (SELECT 1 FROM conversation_deletion d WHERE d.post_id = p.id) ORDER BY p.id DESC LIMIT 21"
)
HELD = (
    "SELECT t.space_id, t.posts, t.last_said_at, (SELECT m.id FROM community_member m WHERE m.person_id = :person), "
    f"{TENDS}, s.slow_seconds FROM conversation_topic t JOIN conversation_space s ON s.id = t.space_id "
    "WHERE t.id = :topic "
    f"AND s.archived_at IS NULL AND t.merged_into_id IS NULL AND {REACHED} "
    "AND NOT EXISTS (SELECT 1 FROM conversation_closure c WHERE c.topic_id = t.id)"
)
IS_PRESENT = (
    "SELECT 1 FROM community_member WHERE person_id = ? AND left_at IS NULL AND paused_at IS NULL "
    "AND suspended_until IS NULL"
)
# What a member may write hangs on how long they belong, what they wrote and read, and what was reported of it.
STANDING = (
    "SELECT (SELECT m.joined_at FROM community_member m WHERE m.person_id = :person), EXISTS (SELECT 1 FROM "
    "community_arrival a JOIN community_member m ON m.id = a.member_id WHERE m.person_id = :person AND "
    "a.way = 'founded'), (SELECT count(*) FROM (SELECT 1 FROM conversation_post p LEFT JOIN conversation_deletion d "
    "ON d.post_id = p.id WHERE p.author_id = :person AND d.post_id IS NULL ORDER BY p.id DESC LIMIT 20)), (SELECT "
    "count(*) FROM (SELECT 1 FROM conversation_reading r JOIN community_member m ON m.id = r.member_id WHERE "
    "m.person_id = :person AND r.number > 0 LIMIT 20)), (SELECT count(*) FROM (SELECT DISTINCT x.post_id FROM "
    "moderation_report x WHERE x.outcome = 'upheld' AND x.decided_at > :since AND EXISTS (SELECT 1 FROM "
    "conversation_post p WHERE p.id = x.post_id AND p.author_id = :person) LIMIT 3)), (SELECT max(s.until) FROM "
    "moderation_strike s WHERE s.person_id = :person AND s.kind = 'silence' AND s.lifted_at IS NULL AND s.until > :at)"
)
WRITTEN_SINCE = "SELECT count(*) FROM conversation_post WHERE author_id = ? AND at > ?"
DROP_DRAFT = "DELETE FROM conversation_draft WHERE person_id = ? AND topic_id = ? AND source = ?"
SENT_BEFORE = "SELECT number FROM conversation_post WHERE author_id = ? AND sent_as = ?"
ADD_POST = (
    "INSERT INTO conversation_post (topic_id, number, author_id, at, source, html, html_version, edits, sent_as, "
    "link_card, without_card, reactions, voice) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, '', 0, '', ?)"
)
COUNT_ON_TOPIC = "UPDATE conversation_topic SET posts = ?, last_said_at = ? WHERE id = ?"
COUNT_ON_SPACE = (
    "UPDATE conversation_space SET posts = posts + 1, last_said_at = max(coalesce(last_said_at, :at), :at) "
    "WHERE id = :space"
)
ADD_ENTRY = "INSERT INTO conversation_entry (post_id, words) VALUES (?, ?)"
READ_ON = (
    "INSERT INTO conversation_reading (member_id, topic_id, number, at, level) VALUES (?, ?, ?, ?, 'follow') "
    "ON CONFLICT (member_id, topic_id) DO UPDATE SET number = excluded.number, at = excluded.at, level = 'follow'"
)
NOTE = "INSERT INTO engine_community_fact (kind, version, at, ids) VALUES ('PostWritten', 1, ?, ?)"

Topic = namedtuple(
    "Topic",
    "id kind title author_id posts is_pinned answer closure__at closure__reason space__slug space__name "
    "space__is_glass space__archived_at space__circle__name space__role__name tends seen level live_after member "
    "space__is_direct draft__source draft__beside draft__version draft__at asks merged_into_id tags "
    "space__slow_seconds space_id speaks blocked silent_until is_open",
)
Post = namedtuple(
    "Post",
    "id number author_id author__name at html reply_to edits deletion__at deletion__by_author deletion__reason "
    "writer portrait link_card is_blocked reactions mine moved_to_id reply_topic_id is_bookmarked deletion__is_hidden "
    "voice is_deleted kinds said_by is_of_all",
)
Space = namedtuple(
    "Space",
    "id slug name description icon circle__name circle__slug role__name is_hidden is_glass is_sensitive "
    "archived_at may_manage rituals shape slow_seconds tends live_after heard is_reached",
)
Line = namedtuple(
    "Line",
    "id kind title author__name posts last_said_at is_pinned answer closure__at seen level tags voice said_by "
    "came heard fresh is_muted",
)
GlassTopic = namedtuple(
    "GlassTopic",
    "id title author__name begun_at posts last_said_at is_pinned answer space__slug space__name merged_into_id voice "
    "said_by",
)
GlassPost = namedtuple(
    "GlassPost",
    "number author__name at html edits reply_to deletion__at moved_to_id reply_topic_id voice shown "
    "said_by is_of_all",
)
Found = namedtuple(
    "Found",
    "id number at html author__name topic_id topic__title topic__kind topic__answer topic__space__slug "
    "topic__space__name voice said_by",
)
Hit = namedtuple("Hit", "post title excerpt")
