from porch.community.profiles.views.directory import show_directory
from porch.community.profiles.views.fields import change_retirement, edit_field, new_field, show_fields
from porch.community.profiles.views.own import delete_answer, edit_profile

__all__ = [
    "change_retirement",
    "delete_answer",
    "edit_field",
    "edit_profile",
    "new_field",
    "show_directory",
    "show_fields",
]
