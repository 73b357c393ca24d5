"""Every operation of the API, once: how it is asked where it has an answer."""

from tests.web.api.calls import Call
from tests.web.api.talk_operations import TALK
from tests.web.api.told_operations import TOLD

__all__ = ["OPERATIONS", "Call"]

LINK = '{"circle_id": {circle}, "uses": 3, "days": 7, "note": "Come."}'
LETTERS = '{"circle_id": {circle}, "addresses": ["joe@example.org", "nobody"]}'
PAYMENT = '{"amount": 2500, "currency": "USD", "received_on": "{today}", "renews": true}'
REMOVAL = '{"reason": "Noise", "message": "Too loud.", "appeal_to": "ada@example.org", "expires_at": null}'

OPERATIONS = (
    Call("show_token", "GET", "/token"),
    Call("revoke_this", "DELETE", "/token"),
    Call("show_me", "GET", "/me"),
    Call("rename_me", "PATCH", "/me", '{"name": "Benedict"}'),
    Call("list_my_rights", "GET", "/me/rights"),
    Call("list_my_holdings", "GET", "/me/holdings"),
    Call("list_members", "GET", "/members"),
    Call("show_member", "GET", "/members/{member}"),
    Call("list_circles", "GET", "/circles"),
    Call("show_circle", "GET", "/circles/{circle}"),
    Call("list_circle_members", "GET", "/circles/{circle}/members"),
    Call("list_roles", "GET", "/roles"),
    Call("count_the_members", "GET", "/figures/members"),
    Call("make_circle_here", "POST", "/circles", '{"name": "Readers"}'),
    Call("change_this_circle", "PATCH", "/circles/{club}", '{"description": "A club."}'),
    Call("join_circle", "POST", "/circles/{club}/members"),
    Call("leave_this_circle", "DELETE", "/circles/{mine}/members/me"),
    Call("give_this_role", "POST", "/roles/{guest}/holders/{fay}"),
    Call("take_this_role", "DELETE", "/roles/{host}/holders/{fay}", by_right=True),
    Call("list_invites", "GET", "/invites"),
    Call("make_invite", "POST", "/invites", LINK),
    Call("invite_list", "POST", "/invites/addresses", LETTERS),
    Call("revoke_this_invite", "DELETE", "/invites/{invite}"),
    Call("list_requests", "GET", "/requests"),
    Call("show_request", "GET", "/requests/{wish}"),
    Call("list_vouchable", "GET", "/me/vouchable"),
    Call("decide_this_request", "POST", "/requests/{wish}/decision", '{"decision": "yes"}'),
    Call("vouch_for", "POST", "/requests/{wish}/vouch", '{"text": "A friend."}'),
    Call("unvouch", "DELETE", "/requests/{vouched}/vouch"),
    Call("list_tiers", "GET", "/tiers"),
    Call("list_renewals", "GET", "/renewals"),
    Call("show_tier", "GET", "/members/{fay}/tier", by_right=True),
    Call("give_tier", "PUT", "/members/{fay}/tier", '{"tier_id": {tier}}'),
    Call("list_payments", "GET", "/members/{fay}/payments", by_right=True),
    Call("record_this_payment", "POST", "/members/{fay}/payments", PAYMENT),
    Call("list_removals", "GET", "/removals"),
    Call("lift_this_removal", "DELETE", "/removals/{removal}"),
    Call("remove_this_member", "POST", "/members/{fay}/removal", REMOVAL),
    Call(
        "suspend_this_member",
        "POST",
        "/members/{fay}/suspension",
        '{"until": "{later}", "reason": "Noise"}',
    ),
    Call("end_this_suspension", "DELETE", "/members/{gus}/suspension"),
    Call("list_fields", "GET", "/profile-fields"),
    Call("show_profile", "GET", "/members/{fay}/profile"),
    Call(
        "change_profile",
        "PATCH",
        "/me/profile",
        '{"answers": [{"field_id": {field}, "value": "Potter", "visibility": "members"}]}',
    ),
    Call("find_members", "GET", "/directory"),
    Call("list_notes", "GET", "/me/notes"),
    Call("show_register", "GET", "/register"),
    *TALK,
    *TOLD,
)
