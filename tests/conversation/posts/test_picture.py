"""Pictures in posts: opened by those who reach a post that shows them, and by nobody else."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from porch.community.circles.actions import leave_circle
from porch.community.membership.models import Member
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.drafts.upkeep import sweep_pictures
from porch.conversation.posts import pictures
from porch.conversation.posts.changing import delete_post, edit_post, restore_post
from porch.conversation.posts.models import Post, PostPicture
from porch.conversation.posts.pictures import WAITING, address_of, give_picture
from porch.people.identity.models import Person
from tests.community.portraits.pictures import picture
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, add_steward, browser


def given_by(person: Person) -> str:
    """Give the address of a picture that somebody has given."""
    return address_of(give_picture(stream=io.BytesIO(picture()), name="oak.png", by=person, at=NOON))


def opened_by(village: Village, address: str) -> set[str]:
    """Say which of the cast open a picture."""
    cast = village.cast()
    sol = Person.objects.filter(name="Sol").first()
    cast |= {"sol": sol} if sol else {}
    return {name for name, person in cast.items() if browser(person).get(address).status_code == 200}


def test_before_it_is_posted_only_its_giver_opens_it(village: Village) -> None:
    add_steward()
    assert opened_by(village, given_by(village.ben)) == {"ben"}


@pytest.mark.parametrize(
    ("space", "who"),
    [({}, {"ada", "ben", "sol"}), ({"is_glass": True}, {"ada", "ben", "sol", "dov", "cleo"})],
)
def test_it_is_opened_by_those_who_reach_its_post(
    village: Village, space: dict[str, bool], who: set[str]
) -> None:
    add_steward()
    address = given_by(village.ben)
    say(topic_in(space_for(village.ada, **space), village.ada), village.ben, f"![oak]({address})")
    assert opened_by(village, address) == who


def test_of_a_circle_it_is_opened_by_those_in_it_until_they_leave(village: Village) -> None:
    space = kitchen(village, village.ben, is_hidden=True)
    address = given_by(village.ben)
    topic_in(space, village.ben, source=f"![oak]({address})")
    assert opened_by(village, address) == {"ada", "ben"}, "ada looks after it"
    leave_circle(circle=space.circle, by=village.ben, at=LATER)  # type: ignore[arg-type]
    assert opened_by(village, address) == {"ada"}


def test_who_was_removed_a_moment_ago_opens_nothing(village: Village) -> None:
    posted, waiting = given_by(village.ben), given_by(village.ben)
    say(topic_in(space_for(village.ada), village.ada), village.ben, f"![oak]({posted})")
    Member.objects.filter(person=village.ben).update(left_at=LATER)
    assert "ben" not in opened_by(village, posted) | opened_by(village, waiting)


def test_a_deleted_post_opens_it_no_more_and_a_restored_one_again(village: Village) -> None:
    address = given_by(village.ben)
    post = say(topic_in(space_for(village.ada), village.ada), village.ben, f"![oak]({address})")
    delete_post(post_id=post.pk, by=village.ben, at=LATER)
    assert opened_by(village, address) == set()
    restore_post(post_id=post.pk, by=village.ben, at=LATER)
    assert opened_by(village, address) == {"ada", "ben"}


def test_an_edit_without_it_closes_it(village: Village) -> None:
    address = given_by(village.ben)
    post = say(topic_in(space_for(village.ada), village.ada), village.ben, f"![oak]({address})")
    edit_post(post_id=post.pk, source="Gone", edits=0, by=village.ben, at=LATER)
    assert opened_by(village, address) == {"ben"}


def test_in_two_posts_reaching_one_is_enough(village: Village) -> None:
    address = given_by(village.ada)
    topic_in(kitchen(village, village.ada), village.ada, source=f"![oak]({address})")
    assert opened_by(village, address) == {"ada"}
    say(topic_in(space_for(village.ada), village.ada), village.ada, f"![oak]({address})")
    assert opened_by(village, address) == {"ada", "ben"}


def test_nobody_opens_a_picture_by_putting_its_address_into_a_post(village: Village) -> None:
    address = given_by(village.ada)
    topic_in(kitchen(village, village.ada), village.ada, source=f"![oak]({address})")
    waiting = given_by(village.ada)
    topic_in(space_for(village.ada), village.ben, source=f"![oak]({address}) ![oak]({waiting})")
    assert opened_by(village, address) == opened_by(village, waiting) == {"ada"}
    assert PostPicture.objects.count() == 1


def test_it_is_given_by_members_alone_and_refused_in_words(village: Village) -> None:
    for person, status in ((village.ben, 200), (village.dov, 403), (None, 302)):
        file = SimpleUploadedFile("oak.png", picture())
        answer = browser(person).post("/inside/pictures/", {"picture": file})
        assert answer.status_code == status or (status != 200 and answer.status_code in (403, 404))
    headers = {"accept": "application/json"}
    answer = browser(village.ben).post("/inside/pictures/", {}, headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (422, "No picture was chosen.")
    file = SimpleUploadedFile("oak.png", b"no picture at all")
    answer = browser(village.ben).post("/inside/pictures/", {"picture": file}, headers=headers)
    assert "not taken here" in answer.json()["title"]


def test_so_many_wait_and_no_more(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_WAITING", 1)
    given_by(village.ben)
    with pytest.raises(pictures.TooManyPictures):
        given_by(village.ben)
    given_by(village.ada)


@pytest.mark.parametrize("source", ["", "Look:"])
def test_without_scripts_it_is_added_to_the_end_of_the_text(village: Village, source: str) -> None:
    topic, ben = topic_in(space_for(village.ada), village.ada), browser(village.ben)
    pages = (f"/inside/topics/{topic.pk}/posts/", "/inside/spaces/workshop/new/")
    for page in pages:
        file = SimpleUploadedFile("oak.png", picture())
        given = {"source": source, "do": "picture", "picture": file, "picture_alt": "an [oak]"}
        text = ben.post(page, given).content.decode()
        assert "![an oak](/files/" in text
        assert source in text
        assert "No picture was chosen." in ben.post(page, {**given, "picture": ""}).content.decode()
    assert Post.objects.count() == 1, "nothing was posted"


def test_a_picture_that_nobody_posts_goes_after_a_week(village: Village) -> None:
    posted, drafted, waiting = (given_by(village.ben) for _ in range(3))
    topic = topic_in(space_for(village.ada), village.ben, source=f"![oak]({posted})")
    words = Words(f"![oak]({drafted})")
    keep_draft(place=Place(topic_id=topic.pk), words=words, version=0, by=village.ben, at=NOON)
    assert sweep_pictures(at=NOON + WAITING) == 0
    assert sweep_pictures(at=NOON + WAITING + timedelta(seconds=1)) == 1
    ben = browser(village.ben)
    assert [ben.get(each).status_code for each in (posted, drafted, waiting)] == [200, 200, 404]
