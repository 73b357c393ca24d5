from porch.bridge.door_sign.models import DoorSign

__all__ = ["DoorSign"]
