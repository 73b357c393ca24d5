from django.urls import include, path

from porch.people.account.views import addresses, passkeys, password, second_factor
from porch.people.account.views.overview import change_name, show_account
from porch.people.delivery.views import stop_mail
from porch.people.identity.views import sign_out, use_sign_in_link
from porch.people.opt_in.views import answer_request
from porch.people.sessions.views import end_mine, show_sessions
from porch.people.sign_in.oidc import come_from_provider, go_to_provider
from porch.people.sign_in.views.confirm import confirm, show_confirmed
from porch.people.sign_in.views.ways import (
    enter_code,
    enter_password,
    show_passkey,
    show_sign_in,
    take_second_step,
)
from porch.people.tokens.views import add_token, remove_token, show_tokens

own = [
    path("", show_account, name="account"),
    path("name/", change_name, name="name"),
    path("confirm/", confirm, name="confirm"),
    path("confirm/done/", show_confirmed, name="confirmed"),
    path("address/", addresses.show_addresses, name="addresses"),
    path("address/code/", addresses.prove_address, name="address-code"),
    path("address/<int:address>/main/", addresses.change_main, name="address-main"),
    path("address/<int:address>/removal/", addresses.remove_address, name="address-removal"),
    path("password/", password.change_password, name="password"),
    path("password/removal/", password.remove_password, name="password-removal"),
    path("passkeys/", passkeys.show_passkeys, name="passkeys"),
    path("passkeys/<int:passkey>/", passkeys.rename_passkey, name="passkey"),
    path("passkeys/<int:passkey>/removal/", passkeys.remove_passkey, name="passkey-removal"),
    path("second-factor/", second_factor.show_second_factor, name="second-factor"),
    path("second-factor/app/", second_factor.add_app, name="second-factor-app"),
    path("second-factor/app/removal/", second_factor.remove_app, name="second-factor-app-removal"),
    path("sessions/", show_sessions, name="sessions"),
    path("sessions/endings/", end_mine, name="end-sessions"),
    path("recovery-codes/", second_factor.show_recovery_codes, name="recovery-codes"),
]

own += [
    path("tokens/", show_tokens, name="tokens"),
    path("tokens/new/", add_token, name="new-token"),
    path("tokens/<int:token>/removal/", remove_token, name="token-removal"),
]

urlpatterns = [
    path("sign-in/", show_sign_in, name="sign-in"),
    path("sign-in/code/", enter_code, name="sign-in-code"),
    path("sign-in/password/", enter_password, name="sign-in-password"),
    path("sign-in/passkey/", show_passkey, name="sign-in-passkey"),
    path("sign-in/second-step/", take_second_step, name="second-step"),
    path("sign-in/oidc/", go_to_provider, name="oidc"),
    path("sign-in/oidc/return/", come_from_provider, name="oidc-return"),
    path("sign-in/link/<str:token>/", use_sign_in_link, name="sign-in-link"),
    path("sign-out/", sign_out, name="sign-out"),
    path("consents/<str:token>/", answer_request, name="consent-request"),
    path("stop/<str:token>/", stop_mail, name="stop-mail"),
    path("account/holdings/", include("porch.people.holdings.urls")),
    path("account/", include(own)),
]
