"""The pages of removals: for stewards the whole story, for the removed what they are told."""

from porch.community.membership.models import Member
from porch.community.removal.models import Removal
from porch.kit.time import now
from tests.community.leaving.helpers import member_of
from tests.community.removal.test_remove_member import remove
from tests.village import Village, add_steward, browser

FORM = {
    "reason": "Threats",
    "message": "You threatened others.",
    "span": "30",
    "appeal_to": "appeals@example.org",
}


def test_a_steward_removes_with_the_form(village: Village) -> None:
    sol, ben = add_steward(), member_of(village.ben)
    page = browser(sol)
    answer = page.post(f"/inside/members/{ben.pk}/removal/", FORM, follow=True)
    assert "They are removed." in answer.content.decode()
    assert "Threats" in answer.content.decode()
    assert "They are removed." not in page.get("/inside/removals/").content.decode(), "it is said once"


def test_a_wrong_form_keeps_what_was_typed(village: Village) -> None:
    address = f"/inside/members/{member_of(village.ben).pk}/removal/"
    answer = browser(village.ada).post(address, FORM | {"message": ""})
    assert answer.status_code == 422
    assert 'value="Threats"' in answer.content.decode()
    assert browser(village.ada).post(address, FORM | {"span": "soon"}).status_code == 422
    assert not Removal.objects.exists()


def test_who_has_no_right_learns_of_no_page(village: Village) -> None:
    ada = member_of(village.ada)
    removal = remove(village.ben, village.ada)
    for who in (village.ben, village.dov):
        for path in (f"/inside/members/{ada.pk}/removal/", "/inside/removals/", "/inside/exit-answers/"):
            answer = browser(who).get(path)
            # Who was removed is led to where it stands why, from every address inside.
            assert (
                answer.headers.get("Location") == "/account/removal/"
                if who is village.ben
                else answer.status_code == 404
            )
        assert browser(who).post(f"/inside/removals/{removal.pk}/lifting/").status_code == 404
    assert Removal.objects.get().lifted_at is None


def test_removing_wants_a_recent_proof(village: Village) -> None:
    address = f"/inside/members/{member_of(village.ben).pk}/removal/"
    assert browser(village.ada, recent=False).post(address, FORM).status_code == 403
    assert not Removal.objects.exists()


def test_the_removed_read_what_they_are_told_and_nothing_inside(village: Village) -> None:
    remove(village.ben, village.ada, expires_at=None, at=now())
    ben = browser(village.ben)
    assert "Your removal" in ben.get("/account/").content.decode()
    page = ben.get("/account/removal/").content.decode()
    assert "You threatened others." in page
    assert "appeals@example.org" in page
    assert "two topics" not in page
    assert ben.get("/inside/").headers["Location"] == "/account/removal/"
    assert "Nothing stands against you" in browser(village.dov).get("/account/removal/").content.decode()


def test_removals_are_listed_by_how_they_stand(village: Village) -> None:
    removal = remove(village.ben, village.ada, expires_at=None, at=now())
    ada = browser(village.ada)
    assert "Ben" in ada.get("/inside/removals/").content.decode()
    assert "None is over" in ada.get("/inside/removals/?state=expired").content.decode()
    assert ada.get("/inside/removals/?state=else").status_code == 404
    ada.post(f"/inside/removals/{removal.pk}/lifting/")
    assert "Ben" in ada.get("/inside/removals/?state=lifted").content.decode()
    assert "Nobody is removed" in ada.get("/inside/removals/").content.decode()
    assert ada.post(f"/inside/removals/{removal.pk}/lifting/").status_code == 409
    assert ada.post("/inside/removals/0/lifting/").status_code == 404


def test_somebody_who_is_gone_has_no_name_in_the_list(village: Village) -> None:
    remove(village.ben, village.ada, expires_at=None, at=now())
    Member.objects.filter(person=village.ben).delete()
    village.ben.delete()
    assert "Somebody who is gone" in browser(village.ada).get("/inside/removals/").content.decode()
