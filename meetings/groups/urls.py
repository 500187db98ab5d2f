"""The addresses of groups."""

from django.urls import URLPattern, URLResolver, path

from meetings.groups import views as teams

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:uid>/came/", teams.team_came, name="team_came"),
    path("partnership/teams/new/", teams.team_new, name="team_new"),
    path("partnership/teams/<uuid:uid>/", teams.team_edit, name="team_edit"),
    path("partnership/teams/<uuid:uid>/join/", teams.team_join, name="team_join"),
    path("partnership/teams/<uuid:uid>/leave/", teams.team_leave, name="team_leave"),
    path("partnership/teams/<uuid:uid>/listed/", teams.team_listed, name="team_listed"),
]
