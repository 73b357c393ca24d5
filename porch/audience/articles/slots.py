from porch.kit.slots import Slot

HOME_ASIDE = Slot("public.home.aside")
