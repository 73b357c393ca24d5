from porch.kit.slots import Slot

NEWCOMERS = Slot("sign_in.newcomers")
