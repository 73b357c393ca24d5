from porch.kit.slots import Slot

# On the page on which a topic is looked after, for those who look after it.
TENDING = Slot("inside.topic.care")
