from django.urls import path

from porch.conversation.features.views.blocks import edit_block, show_blocks

urlpatterns = [
    path("", show_blocks, name="blocks"),
    path("<int:member>/", edit_block, name="block"),
]
