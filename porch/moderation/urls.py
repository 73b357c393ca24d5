from django.urls import path

from porch.moderation.appeals.views import edit_appeal
from porch.moderation.holding.views import show_held, withdraw
from porch.moderation.log.views import show_log
from porch.moderation.queue.views import edit_case, edit_decision, show_decisions, show_queue
from porch.moderation.reports.views import report
from porch.moderation.sanctions.views import lift_strike, member_sanctions
from porch.moderation.slow.views import edit_slowness
from porch.moderation.trust.views import show_standing

urlpatterns = [
    path("standing/", show_standing, name="standing"),
    path("held/", show_held, name="held-posts"),
    path("held/<int:held>/withdrawal/", withdraw, name="held-post-withdrawal"),
    path("posts/<int:post>/report/", report, name="post-report"),
    path("spaces/<str:space>/slow/", edit_slowness, name="space-slow"),
    path("review/", show_queue, name="review"),
    path("review/<int:person>/", edit_case, name="case"),
    path("review/decisions/", show_decisions, name="decisions"),
    path("review/decisions/<int:decision>/", edit_decision, name="decision"),
    path("review/appeals/<int:strike>/", edit_appeal, name="appeal"),
    path("members/<int:member>/sanctions/", member_sanctions, name="member-sanctions"),
    path("sanctions/<int:strike>/lifting/", lift_strike, name="sanction-lifting"),
    path("moderation-log/", show_log, name="moderation-log"),
]
