"""The addresses of attendance."""

from django.urls import URLPattern, URLResolver, path

from registrations.attendance.views import (
    attendance,
    check_in,
    completing,
    door,
    make_up,
    materials,
    queue,
    room_code,
    sheet,
    walk_in,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("in/", check_in.check_in, name="check_in"),
    path("in/here/", check_in.check_in_here, name="check_in_here"),
    path("in/here/ask/", check_in.check_in_ask, name="check_in_ask"),
    path("in/here/switch/", check_in.check_in_switch, name="check_in_switch"),
    path("staff/meetings/<uuid:uid>/", attendance.staff_meeting, name="staff_meeting"),
    path("staff/meetings/<uuid:uid>/code/", room_code.staff_room_code, name="staff_room_code"),
    path("staff/meetings/<uuid:uid>/code/next/", room_code.staff_room_code_next, name="staff_room_code_next"),
    path(
        "staff/meetings/<uuid:uid>/code/renew/", room_code.staff_room_code_renew, name="staff_room_code_renew"
    ),
    path("staff/meetings/<uuid:uid>/door/", door.staff_door, name="staff_door"),
    path("staff/meetings/<uuid:uid>/door/<uuid:asked>/", door.staff_door_answer, name="staff_door_answer"),
    path("staff/meetings/<uuid:uid>/complete/", attendance.staff_complete, name="staff_complete"),
    path("staff/meetings/<uuid:uid>/everyone/", attendance.staff_mark_everyone, name="staff_mark_everyone"),
    path(
        "staff/meetings/<uuid:uid>/everyone/<uuid:batch>/undo/",
        attendance.staff_undo_everyone,
        name="staff_undo_everyone",
    ),
    path("staff/meetings/<uuid:uid>/people/<uuid:registration>/", attendance.staff_mark, name="staff_mark"),
    path(
        "staff/meetings/<uuid:uid>/people/<uuid:registration>/make-up/",
        make_up.staff_make_up,
        name="staff_make_up",
    ),
    path(
        "staff/meetings/<uuid:uid>/people/<uuid:registration>/make-up/<int:mark>/",
        make_up.staff_make_up_mark,
        name="staff_make_up_mark",
    ),
    path("staff/meetings/<uuid:uid>/queue/", queue.staff_queue, name="staff_queue"),
    path("staff/meetings/<uuid:uid>/reopen/", attendance.staff_reopen, name="staff_reopen"),
    path("staff/meetings/<uuid:uid>/sheet/", sheet.staff_sheet, name="staff_sheet"),
    path("staff/meetings/<uuid:uid>/sheet.pdf", sheet.staff_sheet_pdf, name="staff_sheet_pdf"),
    path(
        "staff/meetings/<uuid:uid>/materials/",
        materials.staff_tell_materials,
        name="staff_tell_materials",
    ),
    path("staff/meetings/<uuid:uid>/walk-in/", walk_in.staff_walk_in, name="staff_walk_in"),
    path("learning/<slug:slug>/complete/", completing.complete_registration, name="complete_registration"),
]
