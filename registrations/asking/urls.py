"""The addresses of asking."""

from django.urls import URLPattern, URLResolver, path

from registrations.asking.views import answers, building, caterer, mailing, own

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/<uuid:uid>/", own.answer_file, name="answer_file"),
    path("caterer/<str:token>/", caterer.caterer, name="caterer"),
    path("caterer/<str:token>/totals.<slug:kind>", caterer.caterer_file, name="caterer_file"),
    path("learning/<slug:slug>/questions/", own.my_answers, name="my_answers"),
    path("staff/networks/<slug:slug>/answers/", answers.answers, name="answers"),
    path("staff/networks/<slug:slug>/answers/link/", answers.caterer_link, name="caterer_link"),
    path(
        "staff/networks/<slug:slug>/answers/link/<uuid:uid>/",
        answers.caterer_link_end,
        name="caterer_link_end",
    ),
    path(
        "staff/networks/<slug:slug>/answers/<slug:what>.<slug:kind>",
        answers.answers_file,
        name="answers_file",
    ),
    path("staff/networks/<slug:slug>/questions/", building.questions, name="questions"),
    path("staff/networks/<slug:slug>/questions/ask/", mailing.questions_ask, name="questions_ask"),
    path("staff/networks/<slug:slug>/questions/copy/", building.questions_copy, name="questions_copy"),
    path("staff/networks/<slug:slug>/questions/new/", building.question_new, name="question_new"),
    path(
        "staff/networks/<slug:slug>/questions/preview/", building.questions_preview, name="questions_preview"
    ),
    path("staff/networks/<slug:slug>/questions/<uuid:uid>/", building.question_edit, name="question_edit"),
    path(
        "staff/networks/<slug:slug>/questions/<uuid:uid>/delete/",
        building.question_delete,
        name="question_delete",
    ),
    path(
        "staff/networks/<slug:slug>/questions/<uuid:uid>/<slug:act>/",
        building.question_act,
        name="question_act",
    ),
]
