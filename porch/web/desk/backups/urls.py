from django.urls import path

from porch.web.desk.backups.views import download_backup, make_backup, show_backups

urlpatterns = [
    path("", show_backups, name="backups"),
    path("new/", make_backup, name="new-backup"),
    path("<str:name>/", download_backup, name="download-backup"),
]
