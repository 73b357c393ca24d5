from django.urls import path

from porch.people.delivery.views import stop_mail
from porch.people.identity.views import show_sign_in, sign_out, use_sign_in_link
from porch.people.opt_in.views import answer_request
from porch.people.sessions.views import end_mine, show_sessions

urlpatterns = [
    path("sign-in/", show_sign_in, name="sign-in"),
    path("sign-in/link/<str:token>/", use_sign_in_link, name="sign-in-link"),
    path("sign-out/", sign_out, name="sign-out"),
    path("consents/<str:token>/", answer_request, name="consent-request"),
    path("stop/<str:token>/", stop_mail, name="stop-mail"),
    path("account/sessions/", show_sessions, name="sessions"),
    path("account/sessions/endings/", end_mine, name="end-sessions"),
]
