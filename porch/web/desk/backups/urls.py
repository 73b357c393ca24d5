from django.urls import path

from porch.web.desk.backups.views import ask_for_backup, download_backup, show_backups

urlpatterns = [
    path("", show_backups, name="backups"),
    path("new/", ask_for_backup, name="new-backup"),
    path("<str:name>/", download_backup, name="download-backup"),
]
