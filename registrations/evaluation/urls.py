"""The addresses of evaluation."""

from django.urls import URLPattern, URLResolver, path, re_path

from registrations.evaluation.views import evaluation, staff_evaluation

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/<slug:slug>/evaluation/", evaluation.evaluation, name="evaluation"),
    path(
        "staff/networks/<slug:slug>/evaluation/", staff_evaluation.staff_evaluation, name="staff_evaluation"
    ),
    path(
        "staff/networks/<slug:slug>/evaluation/results/",
        staff_evaluation.staff_evaluation_results,
        name="staff_evaluation_results",
    ),
    re_path(
        r"^staff/networks/(?P<slug>[-\w]+)/evaluation/results\.(?P<kind>xlsx|csv)$",
        staff_evaluation.staff_evaluation_export,
        name="staff_evaluation_export",
    ),
    path(
        "staff/networks/<slug:slug>/evaluation/<slug:act>/",
        staff_evaluation.staff_evaluation_act,
        name="staff_evaluation_act",
    ),
]
