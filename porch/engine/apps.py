from django.apps import AppConfig


class EngineConfig(AppConfig):
    name = "porch.engine"
    label = "engine"
