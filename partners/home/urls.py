"""The addresses of home."""

from django.urls import URLPattern, URLResolver, path

from partners.home.views import mine, year_review

urlpatterns: list[URLPattern | URLResolver] = [
    path("partners/mine/", mine.mine, name="mine"),
    path("partners/mine/<slug:slug>/", mine.mine_of, name="mine_of"),
    path("partners/mine/<slug:slug>/edit/", mine.mine_edit, name="mine_edit"),
    path("partners/mine/<slug:slug>/hand-over/", mine.mine_hand_over, name="mine_hand_over"),
    path("partners/<slug:slug>/years/<int:year>/", year_review.year_review, name="year_review"),
    path(
        "partners/<slug:slug>/years/<int:year>/review.pdf",
        year_review.year_review_pdf,
        name="year_review_pdf",
    ),
]
