from django.urls import path

from porch.web.webhooks.views import (
    add_secret,
    add_webhook,
    edit_switch,
    edit_webhook,
    remove_webhook,
    retry_message,
    show_secret,
    show_webhook,
    show_webhooks,
    test_webhook,
)

urlpatterns = [
    path("", show_webhooks, name="webhooks"),
    path("new/", add_webhook, name="new-webhook"),
    path("<int:endpoint>/", show_webhook, name="webhook"),
    path("<int:endpoint>/change/", edit_webhook, name="webhook-change"),
    path("<int:endpoint>/secret/", show_secret, name="webhook-secret"),
    path("<int:endpoint>/secrets/", add_secret, name="webhook-secrets"),
    path("<int:endpoint>/switch/", edit_switch, name="webhook-switch"),
    path("<int:endpoint>/tests/", test_webhook, name="webhook-tests"),
    path("<int:endpoint>/messages/<int:number>/retry/", retry_message, name="webhook-retry"),
    path("<int:endpoint>/deletion/", remove_webhook, name="webhook-deletion"),
]
