"""The addresses of messages."""

from django.urls import URLPattern, URLResolver, path

from registrations.messages.views import choosing, own_mails, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/networks/<slug:slug>/messages/", choosing.network_messages, name="messages"),
    path("staff/networks/<slug:slug>/messages/new/", choosing.message_new, name="message_new"),
    path("staff/groups/<uuid:uid>/messages/new/", choosing.group_message_new, name="group_message_new"),
    path("staff/networks/<slug:slug>/mails/", own_mails.own_mails, name="own_mails"),
    path("staff/networks/<slug:slug>/mails/<slug:kind>/", own_mails.own_mail, name="own_mail"),
    path(
        "staff/networks/<slug:slug>/mails/<slug:kind>/preview/",
        own_mails.own_mail_preview,
        name="own_mail_preview",
    ),
    path("staff/mails/", own_mails.own_mails, name="partnership_mails"),
    path("staff/mails/<slug:kind>/", own_mails.own_mail, name="partnership_mail"),
    path("staff/mails/<slug:kind>/preview/", own_mails.own_mail_preview, name="partnership_mail_preview"),
    path("staff/texts/<uuid:uid>/remove/", writing.saved_text_remove, name="saved_text_remove"),
    path("staff/messages/", choosing.partner_messages, name="partner_messages"),
    path("staff/messages/new/", choosing.partner_message_new, name="partner_message_new"),
    path("staff/messages/<uuid:uid>/", writing.message, name="message"),
    path("staff/messages/<uuid:uid>/preview/", writing.message_preview, name="message_preview"),
    path("staff/messages/<uuid:uid>/readers.csv", writing.message_readers, name="message_readers"),
    path("staff/messages/<uuid:uid>/<slug:act>/", writing.message_act, name="message_act"),
]
