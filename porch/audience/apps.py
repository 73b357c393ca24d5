from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "porch.audience"
    label = "audience"
