"""The addresses below /partners/ whose pages show registrations; they stand before those of partners."""

from django.urls import URLPattern, URLResolver, path

from registrations.views import mine

urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:slug>/", mine.mine_of, name="mine_of"),
    path("mine/<slug:slug>/edit/", mine.mine_edit, name="mine_edit"),
    path("mine/<slug:slug>/hand-over/", mine.mine_hand_over, name="mine_hand_over"),
]
