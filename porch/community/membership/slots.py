from porch.kit.slots import Slot

WELCOME = Slot("inside.welcome")
