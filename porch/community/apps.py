from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "porch.community"
    label = "community"
