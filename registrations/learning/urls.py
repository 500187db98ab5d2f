"""The addresses of learning."""

from django.urls import URLPattern, URLResolver, path

from registrations.learning import views as learning

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/", learning.learning, name="learning"),
    path("learning/hours.pdf", learning.learning_pdf, name="learning_pdf"),
    path("learning/<slug:slug>/", learning.learning_network, name="learning_network"),
]
