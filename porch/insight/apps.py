from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "porch.insight"
    label = "insight"
