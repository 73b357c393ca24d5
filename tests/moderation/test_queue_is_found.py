"""Those who look after what is said find what waits for a look from the list of spaces."""

from porch.conversation.spaces.rights import TEND_TOPICS
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.direct.whispers import join
from tests.village import Village, add_steward, browser

WAY = 'href="/inside/review/"'


def test_the_way_is_there_for_those_who_look_after_something(village: Village) -> None:
    eve = join("eve")
    role_with(TEND_TOPICS, circle=bakers(eve), held_by=eve)
    for who, sees in ((add_steward(), True), (eve, True), (village.ada, True), (village.ben, False)):
        page = browser(who).get("/inside/spaces/").content.decode()
        assert (WAY in page) is sees, who
