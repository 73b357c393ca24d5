from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "porch.moderation"
    label = "moderation"
