from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "porch.conversation"
    label = "conversation"
