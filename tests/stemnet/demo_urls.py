"""The addresses as they are under DEBUG."""

from django.urls import path

from stemnet import urls
from stemnet.views import outbox

urlpatterns = [
    *urls.urlpatterns,
    path("demo/mail/", outbox.demo_mail, name="demo_mail"),
    path("demo/mail/<slug:digest>/", outbox.demo_letter, name="demo_letter"),
    path("demo/mail/<slug:digest>/html/", outbox.demo_letter_html, name="demo_letter_html"),
]
