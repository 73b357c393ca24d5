from porch.kit.refusals import Text
from porch.kit.slots import Slot

# On the page on which a topic is looked after, for those who look after it.
TENDING = Slot("inside.topic.care")
# Beside the title of the list of spaces.
BESIDE_SPACES = Slot("inside.spaces.beside")
# Links of higher parts: the name of an address, and a word. A slot would ask anew for each post; these are the same for
# all. Under each post, for everyone but whoever wrote it; the address takes the number of the post.
POST_LINKS: list[tuple[str, Text]] = []
# On the page of a space, for those who look after it; the address takes the name of the space.
SPACE_LINKS: list[tuple[str, Text]] = []
