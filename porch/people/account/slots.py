from porch.kit.slots import Slot

ROOMS = Slot("account.rooms")
