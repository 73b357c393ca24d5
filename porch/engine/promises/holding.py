"""Whether promises are held because the clock is in doubt."""


def is_held() -> bool:
    """Say whether nothing may be marked broken just now, since the clock of this machine cannot be trusted."""
    return False
