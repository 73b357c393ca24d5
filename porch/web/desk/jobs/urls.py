from django.urls import path

from porch.web.desk.jobs.views import drop, retry, show_job, show_jobs

urlpatterns = [
    path("", show_jobs, name="jobs"),
    path("attempts/", retry, name="job-attempts"),
    path("<str:job>/", show_job, name="job"),
    path("<str:job>/removal/", drop, name="job-removal"),
]
