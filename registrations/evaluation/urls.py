"""The addresses of evaluation."""

from django.urls import URLPattern, URLResolver, path, re_path

from registrations.evaluation.views import building, evaluation, outcomes, pulse, results, staff_evaluation

STAFF = "staff/networks/<slug:slug>/evaluation/"
QUESTIONS = f"{STAFF}<slug:purpose>/questions/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/<slug:slug>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("learning/<slug:slug>/evaluation/<uuid:uid>/", evaluation.pulse, name="pulse"),
    path("staff/evaluations/", results.evaluations, name="evaluations"),
    path("staff/evaluations.<slug:kind>", results.evaluations_file, name="evaluations_file"),
    path(STAFF, staff_evaluation.staff_evaluation, name="staff_evaluation"),
    path(f"{STAFF}results/", results.staff_evaluation_results, name="staff_evaluation_results"),
    re_path(
        r"^staff/networks/(?P<slug>[-\w]+)/evaluation/results\.(?P<kind>xlsx|csv)$",
        results.staff_evaluation_export,
        name="staff_evaluation_export",
    ),
    path(f"{STAFF}done/", outcomes.staff_outcomes, name="staff_outcomes"),
    path(f"{STAFF}done/<uuid:uid>/", outcomes.staff_outcome, name="staff_outcome"),
    path(f"{STAFF}done/<uuid:uid>/delete/", outcomes.staff_outcome_delete, name="staff_outcome_delete"),
    path(f"{STAFF}pulse/", pulse.staff_pulse, name="staff_pulse"),
    path(f"{STAFF}pulse/<uuid:uid>/results/", results.pulse_results, name="pulse_results"),
    path(f"{STAFF}pulse/<uuid:uid>/results.<slug:kind>", results.pulse_export, name="pulse_export"),
    path(f"{STAFF}pulse/<uuid:uid>/<slug:act>/", pulse.staff_pulse_act, name="staff_pulse_act"),
    path(QUESTIONS, building.evaluation_questions, name="evaluation_questions"),
    path(f"{QUESTIONS}begin/", building.evaluation_begin, name="evaluation_begin"),
    path(f"{QUESTIONS}new/", building.evaluation_question_new, name="evaluation_question_new"),
    path(f"{QUESTIONS}preview/", building.evaluation_preview, name="evaluation_preview"),
    path(f"{QUESTIONS}<slug:code>/", building.evaluation_question, name="evaluation_question"),
    path(
        f"{QUESTIONS}<slug:code>/<slug:act>/",
        building.evaluation_question_act,
        name="evaluation_question_act",
    ),
    path(f"{STAFF}<slug:act>/", staff_evaluation.staff_evaluation_act, name="staff_evaluation_act"),
]
