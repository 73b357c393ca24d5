"""The pages of tiers, renewals and payments: what they show, who may see it, and what their forms do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from porch.community.bookkeeping.models import Sheet
from porch.community.membership.models import Member
from porch.community.payments.models import Payment
from porch.community.tiers.holding import set_tier
from porch.community.tiers.models import MemberTier, Tier
from porch.engine.audit.models import AuditEntry
from porch.kit.time import now
from tests.community.tiers.gold import Gilded
from tests.village import NOON, Village, add_person, browser

TIER = {
    "name": "Silver",
    "opens": "Drafts.",
    "price": "24,50",
    "currency": "eur",
    "period": "month",
    "grace_days": "7",
}


@pytest.fixture
def due(gilded: Gilded) -> Gilded:
    """Ben's tier renews in ten days."""
    day = now().date() + timedelta(10)
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=day, by=gilded.sol, at=now())
    return gilded


def test_a_tier_is_made_changed_and_retired(gilded: Gilded) -> None:
    sol = browser(gilded.sol)
    assert sol.post("/inside/tiers/new/", {**TIER, "circle": [gilded.archive.pk]}).status_code == 302
    silver = Tier.objects.get(name="Silver")
    assert (silver.price, silver.currency, list(silver.circles.values_list("circle", flat=True))) == (
        2450,
        "EUR",
        [gilded.archive.pk],
    )
    assert 'value="24.50"' in sol.get(f"/inside/tiers/{silver.pk}/").text
    sol.post(f"/inside/tiers/{silver.pk}/", {**TIER, "price": "30"})
    silver.refresh_from_db()
    assert (silver.price, silver.circles.count()) == (3000, 0)
    sol.post(f"/inside/tiers/{silver.pk}/retirement/", {"is": "yes"})
    assert "Retired" in sol.get("/inside/tiers/").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "GÖLD", "name already"),
        ("name", " ", "is empty"),
        ("price", "1,234.50", "read in two ways"),
        ("price", "-1", "nothing or more"),
        ("currency", "XXX", "not a currency"),
        ("grace_days", "367", "between 0 and 366"),
        ("grace_days", "soon", "between 0 and 366"),
        ("period", "week", "does not fit"),
        ("circle", "999999", "nothing here"),
    ],
)
def test_what_does_not_fit_is_told_and_given_back(gilded: Gilded, field: str, value: str, says: str) -> None:
    answer = browser(gilded.sol).post("/inside/tiers/new/", {**TIER, field: value})
    assert answer.status_code >= 400
    assert says in answer.text
    assert "Drafts." in answer.text
    assert Tier.objects.count() == 1


def test_the_whole_is_no_circle_of_a_tier(gilded: Gilded) -> None:
    from porch.community.circles.models import Circle

    whole = Circle.objects.get(is_whole=True)
    assert (
        "open to every member"
        in browser(gilded.sol).post("/inside/tiers/new/", {**TIER, "circle": whole.pk}).text
    )


def test_what_members_have_keeps_its_period(due: Gilded) -> None:
    answer = browser(due.sol).post(f"/inside/tiers/{due.gold.pk}/", {**TIER, "name": "Gold"})
    assert (answer.status_code, "period" in answer.text) == (409, True)


def test_tiers_are_counted_exactly(due: Gilded) -> None:
    ada = Member.objects.get(person=due.village.ada)
    set_tier(member=ada, tier=due.gold, renews_on=NOON.date() - timedelta(900), by=due.sol, at=now())
    text = browser(due.sol).get("/inside/tiers/").text
    assert "1 member has it" in text
    assert "1 has lapsed" in text


def test_a_renewal_is_recorded_in_one_press_and_two_are_one(due: Gilded) -> None:
    sol = browser(due.sol)
    page = sol.get("/inside/renewals/").text
    assert "Due in 30 days: 1" in page
    assert "Record $25.00" in page
    held = due.held()
    form = {
        "amount": "25.00", "currency": "USD", "received_on": now().date(), "renews": "yes", "which": "due",
        "renews_from": held.renews_on, "once": "abc",
    }  # fmt: skip
    path = f"/inside/members/{due.ben.pk}/payments/"
    for _ in range(2):
        assert sol.post(path, form).headers["Location"] == "/inside/renewals/?which=due"
    assert Payment.objects.count() == 1
    assert sol.post(path, {**form, "once": "other"}).status_code == 409
    assert due.held().renews_on > held.renews_on


def test_the_lists_hold_what_they_say(due: Gilded) -> None:
    sol, day = browser(due.sol), now().date()
    for which, renews_on in (("due", day + timedelta(30)), ("grace", day), ("lapsed", day - timedelta(14))):
        set_tier(member=due.ben, tier=due.gold, renews_on=renews_on, by=due.sol, at=now())
        for each in ("due", "grace", "lapsed"):
            shows = "Ben" in sol.get(f"/inside/renewals/?which={each}").text
            assert shows == (each == which), (each, which)
    set_tier(member=due.ben, tier=due.gold, renews_on=day + timedelta(31), by=due.sol, at=now())
    assert "Ben" not in sol.get("/inside/renewals/").text


def test_lists_are_paged_and_filtered_by_tier(due: Gilded) -> None:
    from porch.community.roles.founding import admit_founder

    for n in range(52):
        member = admit_founder(person=add_person(f"member{n}"), at=NOON)
        set_tier(member=member, tier=due.gold, renews_on=due.held().renews_on, by=due.sol, at=now())
    sol = browser(due.sol)
    assert sol.get("/inside/renewals/").text.count('id="renewal-') == 50
    assert sol.get("/inside/renewals/?page=2").text.count('id="renewal-') == 3
    assert sol.get(f"/inside/renewals/?tier={due.gold.pk}").text.count('id="renewal-') == 50
    assert sol.get("/inside/renewals/?tier=99999").text.count('id="renewal-') == 0
    assert sol.get("/inside/renewals/?page=0").status_code == 404


def test_a_members_tier_is_set_and_ended_on_their_page(gilded: Gilded) -> None:
    sol, path = browser(gilded.sol), f"/inside/members/{gilded.ben.pk}/tier/"
    assert "has no tier" in sol.get(path).text
    sol.post(path, {"tier": gilded.gold.pk, "renews_on": "2099-01-31"})
    assert "31 Jan 2099" in sol.get(path).text
    answer = sol.post(path, {"tier": gilded.gold.pk, "renews_on": "31.01.2099"})
    assert (answer.status_code, "not a date" in answer.text) == (422, True)
    sol.post(path + "ending/", {"when": "end"})
    assert "It ends on" in sol.get(path).text
    sol.post(path + "ending/", {"when": "now"})
    assert "ended at once" in sol.get(path).text


def test_a_payment_is_put_right_and_taken_back_on_its_page(due: Gilded) -> None:
    sol = browser(due.sol)
    sol.post(
        f"/inside/members/{due.ben.pk}/payments/",
        {"amount": "20", "currency": "USD", "received_on": now().date(), "reference": "R-1"},
    )
    first = Payment.objects.get()
    sol.post(
        f"/inside/payments/{first.pk}/",
        {
            "then": "correct",
            "amount": "25",
            "currency": "USD",
            "received_on": now().date(),
            "reference": "R-1",
        },
    )
    last = Payment.objects.get(amount=2500)
    sol.post(f"/inside/payments/{last.pk}/", {"then": "take-back", "reason": "Not theirs."})
    assert sum(Payment.objects.values_list("amount", flat=True)) == 0
    text = sol.get(f"/inside/members/{due.ben.pk}/tier/").text
    assert text.count("Taken back") == 2
    assert sol.post(f"/inside/payments/{last.pk}/", {"then": "take-back"}).status_code == 409
    assert "stays as it is" in sol.get(f"/inside/payments/{last.pk}/").text


def test_a_member_sees_their_own_and_what_was_done_about_them(due: Gilded) -> None:
    ben = browser(due.village.ben)
    text = ben.get("/account/tier/").text
    assert "Gold" in text
    assert "Archive" in text
    assert "Set a member" in ben.get("/account/audit/").text
    assert "You have no tier" in browser(due.village.ada).get("/account/tier/").text


def test_a_file_is_sent_looked_at_and_applied(gilded: Gilded) -> None:
    sol = browser(gilded.sol)
    lines = "address;tier;renews_on\r\nben@example.org;Gold;2099-01-31\r\n"
    file = SimpleUploadedFile("tiers.csv", lines.encode("utf-8-sig"))
    answer = sol.post("/inside/tiers/import/", {"kind": "tiers", "file": file})
    shown = sol.get(answer.headers["Location"]).text
    assert "Ben gets Gold" in shown
    assert not MemberTier.objects.exists()
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    assert sol.post(answer.headers["Location"], {"seen": "another"}).status_code == 409
    for _ in range(2):
        sol.post(answer.headers["Location"], {"seen": seen})
    assert "1 line was done" in sol.get(answer.headers["Location"]).text
    assert MemberTier.objects.count() == 1
    assert sol.post("/inside/tiers/import/", {"kind": "tiers"}).status_code == 422


def test_files_go_out_with_a_trace_and_need_a_proof(due: Gilded) -> None:
    for name, act in (("tiers", "tiers-taken"), ("payments", "payments-taken")):
        answer = browser(due.sol).get(f"/inside/tiers/{name}.csv")
        assert b"address" in answer.getvalue()
        assert AuditEntry.objects.filter(act=act, by_id=due.sol.pk).exists()
        late = browser(due.sol, recent=False).get(f"/inside/tiers/{name}.csv")
        assert late.headers["Location"].startswith("/account/confirm/")


PAGES = ("/inside/tiers/", "/inside/tiers/new/", "/inside/tiers/{tier}/", "/inside/renewals/", "/inside/tiers/import/",
         "/inside/members/{member}/tier/", "/inside/payments/{payment}/", "/inside/tiers/tiers.csv",
         "/inside/tiers/payments.csv")  # fmt: skip
FORMS = {
    "/inside/tiers/new/": TIER,
    "/inside/tiers/{tier}/": TIER,
    "/inside/tiers/{tier}/retirement/": {"is": "yes"},
    "/inside/members/{member}/tier/": {"tier": "{tier}"},
    "/inside/members/{member}/tier/ending/": {"when": "now"},
    "/inside/members/{member}/payments/": {"amount": "5", "currency": "USD", "received_on": "2026-03-01"},
    "/inside/payments/{payment}/": {"then": "take-back"},
    "/inside/tiers/import/": {"kind": "tiers"},
    "/inside/tiers/import/{sheet}/": {"seen": "x"},
}


@pytest.mark.parametrize("who", ["ada", "sol", "ben", "dov", "cleo"])
def test_only_who_may_manage_tiers_comes_in_and_does_anything(due: Gilded, who: str) -> None:
    village: Village = due.village
    person = {**village.cast(), "sol": due.sol}[who]
    payment = Payment.objects.create(
        member=due.ben, amount=5, currency="USD", received_on=NOON.date(), recorded_at=NOON
    )
    steward = Member.objects.get(person=due.sol)
    sheet = Sheet.objects.create(kind="tiers", by=steward, sent_at=now(), lines=[])
    numbers = {"tier": due.gold.pk, "member": due.ben.pk, "payment": payment.pk, "sheet": sheet.pk}
    visitor, may = browser(person), who in ("ada", "sol")
    for page in PAGES:
        assert (visitor.get(page.format(**numbers)).status_code == 200) == may, page
    before = AuditEntry.objects.count()
    for path, form in FORMS.items():
        fields = {name: value.format(**numbers) for name, value in form.items()}
        status = visitor.post(path.format(**numbers), fields).status_code
        assert may or status in (403, 404), path
    assert (AuditEntry.objects.count() > before) == may
