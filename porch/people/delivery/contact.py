from django.conf import settings


def contact() -> str:
    """Give the address at which letters are answered; empty where nobody has set one."""
    return settings.PORCH_MAIL_SENDER.address if settings.PORCH_MAIL_CAN_BE_ANSWERED else ""
