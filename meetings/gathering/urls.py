"""The addresses of gathering."""

from django.urls import URLPattern, URLResolver, path

from meetings.gathering.views import agenda, material_forms, materials, meeting, uploads

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:uid>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:uid>/materials/new/", material_forms.material_new, name="material_new"),
    path("meetings/<uuid:uid>/materials/all.zip", materials.materials_zip, name="materials_zip"),
    path("meetings/<uuid:uid>/uploads/", uploads.upload_begin, name="upload_begin"),
    path("uploads/<uuid:uid>/", uploads.upload, name="upload"),
    path("materials/<uuid:uid>/", materials.material, name="material"),
    path("materials/<uuid:uid>/edit/", material_forms.material_edit, name="material_edit"),
    path("materials/<uuid:uid>/renew/", material_forms.material_renew, name="material_renew"),
    path("materials/<uuid:uid>/remove/", material_forms.material_remove, name="material_remove"),
    path("materials/<uuid:uid>/versions/<int:number>/", materials.material_version, name="material_version"),
    path("meetings/<uuid:uid>/about/", agenda.meeting_about, name="meeting_about"),
    path("meetings/<uuid:uid>/agenda/", agenda.meeting_agenda, name="meeting_agenda"),
    path("meetings/<uuid:uid>/agenda/add/", agenda.agenda_add, name="agenda_add"),
    path("meetings/<uuid:uid>/agenda/break/", agenda.agenda_break, name="agenda_break"),
    path("meetings/<uuid:uid>/agenda/copy/", agenda.agenda_copy, name="agenda_copy"),
    path("meetings/<uuid:uid>/agenda/items/<uuid:item>/", agenda.agenda_item, name="agenda_item"),
    path("meetings/<uuid:uid>/agenda/move/", agenda.agenda_move, name="agenda_move"),
    path("meetings/<uuid:uid>/agenda/remove/", agenda.agenda_remove, name="agenda_remove"),
    path("meetings/<uuid:uid>/calendar.ics", meeting.meeting_calendar, name="meeting_calendar"),
]
