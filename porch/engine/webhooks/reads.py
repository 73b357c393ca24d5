from porch.engine.webhooks.models import Endpoint


def endpoints_in_trouble() -> int:
    """Count the endpoints at which everything fails, or that were switched off for it."""
    failing = Endpoint.objects.filter(off_at__isnull=True, failing_since__isnull=False)
    return failing.count() + Endpoint.objects.exclude(off_because="").count()
