from django.apps import AppConfig


class BridgeConfig(AppConfig):
    name = "porch.bridge"
    label = "bridge"
