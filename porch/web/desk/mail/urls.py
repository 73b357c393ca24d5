from django.urls import path

from porch.web.desk.mail.views import (
    retry_mail,
    send_test_mail,
    show_letter,
    show_mail,
    show_mail_page,
    show_mails,
    take_mail_file,
)

urlpatterns = [
    path("", show_mails, name="mails"),
    path("test/", send_test_mail, name="test-mail"),
    path("<int:number>/", show_mail, name="mail"),
    path("<int:number>/letter/", show_letter, name="mail-letter"),
    path("<int:number>/page/", show_mail_page, name="mail-page"),
    path("<int:number>/file/", take_mail_file, name="mail-file"),
    path("<int:number>/retry/", retry_mail, name="mail-retry"),
]
