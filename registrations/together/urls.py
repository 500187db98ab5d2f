"""The addresses of what people of a network share with each other."""

from django.urls import URLPattern, URLResolver, path

from registrations.together.views import colleagues, deciding, letters, reports, topics

NETWORK, STAFF = "networks/<slug:slug>/", "staff/networks/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{NETWORK}people/", colleagues.colleagues, name="colleagues"),
    path(f"{NETWORK}people/card/", colleagues.own_card, name="own_card"),
    path(f"{NETWORK}people/card/remove/", colleagues.own_card_remove, name="own_card_remove"),
    path(f"{NETWORK}people/<uuid:uid>/", colleagues.colleague, name="colleague"),
    path(f"{NETWORK}letters/<uuid:uid>/", letters.letter, name="letter"),
    path(f"{NETWORK}letters/<uuid:uid>/block/", letters.letter_block, name="letter_block"),
    path("letters/blocked/", letters.blocked_writers, name="blocked_writers"),
    path("letters/blocked/<uuid:uid>/lift/", letters.blocked_writer_lift, name="blocked_writer_lift"),
    path(f"{NETWORK}report/<slug:what>/<uuid:uid>/", reports.report_new, name="report_new"),
    path(f"{NETWORK}topics/", topics.network_topics, name="network_topics"),
    path(f"{NETWORK}topics/new/", topics.topic_new, name="topic_new"),
    path(f"{NETWORK}topics/<uuid:uid>/", topics.topic, name="topic"),
    path(f"{NETWORK}topics/<uuid:uid>/vote/", topics.topic_vote, name="topic_vote"),
    path(f"{NETWORK}topics/<uuid:uid>/withdraw/", topics.topic_withdraw, name="topic_withdraw"),
    path(
        f"{NETWORK}topics/<uuid:uid>/comments/<uuid:comment>/delete/",
        topics.comment_delete,
        name="comment_delete",
    ),
    path(f"{STAFF}topics/", deciding.staff_topics, name="staff_topics"),
    path(f"{STAFF}topics/<uuid:uid>/plan/", deciding.topic_plan, name="topic_plan"),
    path(f"{STAFF}topics/<uuid:uid>/decide/", deciding.topic_decide, name="topic_decide"),
    path(f"{STAFF}reports/", reports.staff_reports, name="network_reports"),
    path(f"{STAFF}reports/<uuid:uid>/leave/", reports.network_report_leave, name="network_report_leave"),
    path(f"{STAFF}hide/<slug:what>/<uuid:uid>/", reports.network_hide, name="network_hide"),
]
