"""The addresses of prospects."""

from django.urls import URLPattern, URLResolver, path

from partners.prospects.views import inviting, stage_board, suggesting

urlpatterns: list[URLPattern | URLResolver] = [
    path("invitations/stop/<str:token>/", inviting.stop_invitations, name="stop_invitations"),
    path("partners/suggest/", suggesting.suggest_organization, name="suggest_organization"),
    path("staff/partners/way/", stage_board.prospects_board, name="prospects"),
    path("staff/partners/way/figures/", stage_board.prospects_figures, name="prospects_figures"),
    path("staff/partners/way/letters/", inviting.letters_to_invite, name="letters"),
    path("staff/partners/way/table/", stage_board.prospects_table, name="prospects_table"),
    path("staff/partners/way/<slug:slug>/", stage_board.prospect, name="prospect"),
    path("staff/partners/way/<slug:slug>/move/", stage_board.prospect_move, name="prospect_move"),
    path("staff/partners/way/<slug:slug>/write-to/", stage_board.prospect_write_to, name="prospect_write_to"),
]
