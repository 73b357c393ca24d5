from django.urls import path

from porch.web.service_tokens.views import add_service_token, remove_service_token, show_service_tokens

urlpatterns = [
    path("", show_service_tokens, name="service-tokens"),
    path("new/", add_service_token, name="new-service-token"),
    path("<int:token>/removal/", remove_service_token, name="service-token-removal"),
]
