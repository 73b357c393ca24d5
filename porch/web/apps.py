from django.apps import AppConfig
from django.core.checks import Tags, register

from porch.web.checks import check_map


class WebConfig(AppConfig):
    name = "porch.web"
    label = "web"

    def ready(self) -> None:
        """Have Django check the map with its own checks."""
        register(check_map, Tags.models)
