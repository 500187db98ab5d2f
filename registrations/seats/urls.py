"""The addresses of seats."""

from django.urls import URLPattern, URLResolver, path

from registrations.seats.views import (
    calendars,
    designees,
    door,
    guests,
    invitation,
    leaving,
    offer,
    parties,
    register,
    replacing,
    reserved_seats,
    seat_invitation,
    session,
    substituting,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/mine/<str:token>.ics", calendars.my_calendar, name="my_calendar"),
    path("designee/<str:token>/", designees.designee, name="designee"),
    path("door/<str:code>/", door.door_code, name="door_code"),
    path("invitation-to-seat/<str:token>/", seat_invitation.seat_invitation, name="seat_invitation"),
    path("partners/mine/<slug:slug>/seats/", reserved_seats.reserved_seats, name="reserved_seats"),
    path("partners/mine/<slug:slug>/seats/<uuid:uid>/", reserved_seats.reserved_seat, name="reserved_seat"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("learning/<slug:slug>/give-seat/", replacing.give_my_seat, name="give_my_seat"),
    path("learning/<slug:slug>/group/", leaving.choose_group, name="choose_group"),
    path("learning/<slug:slug>/leave/", leaving.leave_network, name="leave_network"),
    path("learning/meetings/<uuid:uid>/miss/", leaving.miss_meeting, name="miss_meeting"),
    path("learning/meetings/<uuid:uid>/substitute/", substituting.send_substitute, name="send_substitute"),
    path("learning/meetings/<uuid:uid>/way/", leaving.choose_way, name="choose_way"),
    path("offer/<str:token>/", offer.offer_link, name="offer_link"),
    path("substitute/<str:token>/", substituting.stand_in, name="stand_in"),
    path("seat/<str:token>/", replacing.take_seat, name="take_seat"),
    path("networks/<slug:slug>/meetings/<uuid:uid>/guest/", guests.come_as_guest, name="come_as_guest"),
    path("networks/<slug:slug>/meetings/<uuid:uid>/guest/code/", guests.guest_code, name="guest_code"),
    path("networks/<slug:slug>/leave/<str:token>/", session.leave_session, name="leave_session"),
    path("networks/<slug:slug>/offer/<uuid:uid>/", offer.offer, name="offer"),
    path("networks/<slug:slug>/register/", register.register, name="register"),
    path("networks/<slug:slug>/register/team/", parties.register_team, name="register_team"),
    path("networks/<slug:slug>/team/<uuid:uid>/", parties.party, name="party"),
    path("networks/<slug:slug>/register/<uuid:uid>/", register.register_code, name="register_code"),
]
