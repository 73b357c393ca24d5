"""What finds what: the same on both databases, and the same as looking at every post."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.conversation.posts.models import Post
from porch.conversation.search.asking import read_query
from porch.conversation.search.operators import OPERATORS
from porch.conversation.search.words import words_of
from tests.conversation.search.seeking import expected, found
from tests.conversation.talk import say, space_for, topic_in
from tests.village import Village, build_village

DOCUMENTS = {
    "redis": "We keep it in Redis, for now.",
    "redirect": "A redirect leads to the other page.",
    "c++": "Written in C++ and in C#, not in plain C.",
    "mail": "Send an e-mail, not a letter.",
    "cafe": "Le café crème est prêt.",
    "decomposed": "Le cafe\u0301 est froid.",
    "street": "Die Straße ist gesperrt.",
    "node": "node.js reads snake_case and https://example.org/a-page",
    "quote": 'She said: "plum cake" and left.',
    "plum": "A cake made of plum; one cake plum.",
    "tokyo": "東京都庁に行きました。",
    "cat": "黒猫が好き",
    "thai": "ฉันกินข้าวกับเพื่อน",
    "kana": "ﾃﾞｰﾀベースとデータ",
    "russian": "Ёлка стоит в углу",
    "arabic": "كِتَاب جديد",
    "hindi": "हिन्दी में लिखा",
    "emoji": "Well done 🎉 👍🏽",
    "soft": "inter\u00adnational",
    "operators": "NEAR AND OR NOT * ^ ( ) : quoted",
    "apostrophe": "Don't, l'eau",
    "code": "`SELECT * FROM t WHERE a = 'b' % 5`",
    "number": "2026-03-31 costs 1e5 or 3.14",
    "empty": "***bold***",
    "korean": "서울에서 만나요",
}
# What is typed, and which of these it finds.
FINDS = {
    "redis": ["redis"],
    "REDIS": ["redis"],
    "redi*": ["redis", "redirect"],
    "redir": [],
    "c++": ["c++"],
    "C#": ["c++"],
    "c": ["c++"],
    "e-mail": ["mail"],
    "email": [],
    "mail": ["mail"],
    "cafe": ["cafe", "decomposed"],
    "CAFÉ crème": ["cafe"],
    "strasse": ["street"],
    "straße": ["street"],
    "node.js": ["node"],
    "js.node": [],
    "snake_case": ["node"],
    '"plum cake"': ["quote"],
    '"cake plum"': ["plum"],
    "“plum cake”": ["quote"],
    "cake plum": ["quote", "plum"],
    "cake -said": ["plum"],
    'cake -"cake plum"': ["quote"],
    "東京": ["tokyo"],
    "京都": ["tokyo"],
    "京都庁": ["tokyo"],
    "都京": [],
    "庁に行": ["tokyo"],
    "猫": ["cat"],
    "黒": ["cat"],
    "きま": ["tokyo"],
    "ข้าว": ["thai"],
    "กิน": ["thai"],
    "データ": ["kana"],
    "елка": ["russian"],
    "ёлка": ["russian"],
    "Ёл*": [],
    "كتاب": ["arabic"],
    "हिन्दी": ["hindi"],
    "🎉": ["emoji"],
    "👍": ["emoji"],
    "international": ["soft"],
    "NEAR": ["operators"],
    "and or not": ["operators"],
    "don't": ["apostrophe"],
    "dont": [],
    "eau": ["apostrophe"],
    "1e5": ["number"],
    "2026-03-31": ["number"],
    "3.14": ["number"],
    "bold": ["empty"],
    "서울에서": ["korean"],
    "서울에*": ["korean"],
    "bread": [],
    '"': [],
    "'": [],
    "%": [],
    "a' OR 1=1 --": [],
    "\\": [],
}


@pytest.fixture
def library(village: Village) -> dict[str, int]:
    topic = topic_in(space_for(village.ada), village.ben, title="Loaf", source="Nothing")
    return {name: say(topic, village.ben, source).pk for name, source in DOCUMENTS.items()}


def test_each_query_finds_what_it_says(village: Village, library: dict[str, int]) -> None:
    names = {pk: name for name, pk in library.items()}
    answers = {query: [names[pk] for pk in found(query, village.ben, is_newest=False)] for query in FINDS}
    assert {query: sorted(each) for query, each in answers.items()} == {
        query: sorted(each) for query, each in FINDS.items()
    }


def test_each_query_finds_what_looking_at_every_post_finds(village: Village, library: dict[str, int]) -> None:
    for query in FINDS:
        assert found(query, village.ben) == expected(query), query


def test_the_other_way_round_it_is_the_same(village: Village, library: dict[str, int]) -> None:
    for query in FINDS:
        assert sorted(found(query, village.ben)) == found(query, village.ben, is_newest=False), query


def test_titles_come_first_and_then_the_newest(village: Village) -> None:
    space = space_for(village.ada)
    old = topic_in(space, village.ben, title="Plums", source="x")
    said = say(old, village.ben, "Plums again")
    new = topic_in(space, village.ben, title="Apples", source="and plums")
    newest = topic_in(space, village.ben, title="More plums", source="y")
    first = {each.pk: Post.objects.get(topic=each, number=1).pk for each in (old, new, newest)}
    assert found("plums", village.ben) == [first[newest.pk], first[old.pk], first[new.pk], said.pk]


def test_words_may_stand_in_the_title_and_in_the_first_post(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, title="Backups", source="of redis")
    say(topic, village.ben, "redis")
    assert found("backups redis", village.ben) == [Post.objects.get(topic=topic, number=1).pk]
    assert found('"backups of"', village.ben) == []


def test_pages_follow_each_other_without_a_gap_or_a_double(village: Village) -> None:
    space = space_for(village.ada)
    for n in range(25):
        topic_in(space, village.ben, title=f"Oats {n}", source="x")
    topic = topic_in(space, village.ben, title="Rye")
    for n in range(25):
        say(topic, village.ben, f"oats {n}")
    assert found("oats", village.ben) == expected("oats")
    assert len(found("oats", village.ben)) == 50


def test_more_than_fits_a_row_is_cut_at_a_word() -> None:
    words = words_of("", "<p>" + "abc" * 10 + " " + " ".join(f"word{n}" for n in range(60_000)) + "</p>", 7)
    assert len(words) <= 200_000
    assert words.endswith(" ")


LETTERS = "abC+#* -\"':.()éß東京都กิ́ö|=%_1½ﬁ🎉\u00ad\u200d"


class Everything(TestCase):
    """Words by chance, sought by chance."""

    @given(
        sources=st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4),
        query=st.text(LETTERS, max_size=8),
    )
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    def test_nothing_is_lost_and_nothing_made_up(self, sources: list[str], query: str) -> None:
        village = build_village()
        topic = topic_in(space_for(village.ada), village.ben, title="Aa b", source="x")
        for source in sources:
            say(topic, village.ben, f"`x` {source}")
        assert found(query, village.ben) == expected(query)
        assert isinstance(read_query(query, list(OPERATORS)).problems, list)
