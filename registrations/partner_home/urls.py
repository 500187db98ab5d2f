"""The addresses of partner home."""

from django.urls import URLPattern, URLResolver, path

from registrations.partner_home.views import mine, year_review

urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:slug>/", mine.mine_of, name="mine_of"),
    path("mine/<slug:slug>/edit/", mine.mine_edit, name="mine_edit"),
    path("mine/<slug:slug>/hand-over/", mine.mine_hand_over, name="mine_hand_over"),
    path("<slug:slug>/years/<int:year>/", year_review.year_review, name="year_review"),
    path("<slug:slug>/years/<int:year>/review.pdf", year_review.year_review_pdf, name="year_review_pdf"),
]
