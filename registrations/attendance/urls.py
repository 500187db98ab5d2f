"""The addresses of attendance."""

from django.urls import URLPattern, URLResolver, path

from registrations.attendance.views import (
    attendance,
    badges,
    check_in,
    completing,
    door,
    kiosk,
    kiosks,
    make_up,
    materials,
    queue,
    remembered,
    report_people,
    reports,
    room_code,
    sheet,
    sheet_typing,
    two_sources,
    walk_in,
)

REPORT = "staff/meetings/<uuid:uid>/reports/<uuid:report>/"

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
    path("kiosk/worker.js", kiosk.kiosk_worker, name="kiosk_worker"),
    path("kiosk/<str:token>/", kiosk.kiosk, name="kiosk"),
    path("kiosk/<str:token>/scans/", kiosk.kiosk_scans, name="kiosk_scans"),
    path("staff/meetings/<uuid:uid>/badges.pdf", badges.staff_badges_pdf, name="staff_badges_pdf"),
    path("staff/meetings/<uuid:uid>/kiosk/", kiosks.staff_kiosk, name="staff_kiosk"),
    path(
        "staff/meetings/<uuid:uid>/kiosk/<uuid:kiosk>/close/",
        kiosks.staff_kiosk_close,
        name="staff_kiosk_close",
    ),
    path("staff/meetings/<uuid:uid>/people/<uuid:registration>/", attendance.staff_mark, name="staff_mark"),
    path(
        "staff/meetings/<uuid:uid>/people/<uuid:registration>/both/",
        two_sources.staff_count_both,
        name="staff_count_both",
    ),
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
    path("staff/networks/<slug:slug>/remembered/", remembered.staff_remembered, name="staff_remembered"),
    path(
        "staff/networks/<slug:slug>/remembered/forget/",
        remembered.staff_remembered_forget,
        name="staff_remembered_forget",
    ),
    path("staff/meetings/<uuid:uid>/reports/", reports.staff_reports, name="staff_reports"),
    path(REPORT, reports.staff_report, name="staff_report"),
    path(f"{REPORT}add/", reports.staff_report_add, name="staff_report_add"),
    path(f"{REPORT}confirm/", report_people.staff_report_confirm, name="staff_report_confirm"),
    path(f"{REPORT}decide/", report_people.staff_report_decide, name="staff_report_decide"),
    path(f"{REPORT}discard/", reports.staff_report_discard, name="staff_report_discard"),
    path(f"{REPORT}files/<uuid:file>/", reports.staff_report_file, name="staff_report_file"),
    path(
        f"{REPORT}files/<uuid:file>/reading/",
        report_people.staff_report_file_reading,
        name="staff_report_file_reading",
    ),
    path(
        f"{REPORT}files/<uuid:file>/remove/",
        report_people.staff_report_file_drop,
        name="staff_report_file_drop",
    ),
    path(f"{REPORT}people/<slug:visitor>/", report_people.staff_report_person, name="staff_report_person"),
    path(
        f"{REPORT}people/<slug:visitor>/walk-in/",
        report_people.staff_report_walk_in,
        name="staff_report_walk_in",
    ),
    path(f"{REPORT}take-back/", reports.staff_report_take_back, name="staff_report_take_back"),
    path(f"{REPORT}times/", reports.staff_report_times, name="staff_report_times"),
    path("staff/meetings/<uuid:uid>/sheet/", sheet.staff_sheet, name="staff_sheet"),
    path("staff/meetings/<uuid:uid>/sheet/type/", sheet_typing.staff_sheet_type, name="staff_sheet_type"),
    path(
        "staff/meetings/<uuid:uid>/sheet/type/<uuid:batch>/undo/",
        sheet_typing.staff_sheet_undo,
        name="staff_sheet_undo",
    ),
    path("sheet/<int:meeting>/<str:code>/", sheet_typing.sheet_line, name="sheet_line"),
    path("staff/meetings/<uuid:uid>/sheet.pdf", sheet.staff_sheet_pdf, name="staff_sheet_pdf"),
    path(
        "staff/meetings/<uuid:uid>/materials/",
        materials.staff_tell_materials,
        name="staff_tell_materials",
    ),
    path("staff/meetings/<uuid:uid>/walk-in/", walk_in.staff_walk_in, name="staff_walk_in"),
    path("learning/<slug:slug>/complete/", completing.complete_registration, name="complete_registration"),
]
