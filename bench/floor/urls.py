"""The addresses of the floor, and the lists of its admin."""

from django.contrib import admin
from django.urls import path

from bench.floor import views
from bench.floor.models import Person, Registration


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    """The list of people as one writes it first."""

    list_display = ("last_name", "first_name", "address", "created_at")
    search_fields = ("last_name", "first_name", "address")
    list_per_page = 50


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin):
    """The list of registrations as one writes it first."""

    list_display = ("person", "network", "status", "requested_at")
    list_select_related = ("person", "network")
    search_fields = ("person__last_name", "person__first_name", "person__address")
    list_filter = ("status",)
    list_per_page = 50


urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.networks),
    path("networks/<slug:slug>/", views.network),
    path("networks/<slug:slug>/register/", views.register),
    path("mine/", views.mine),
    path("export.<slug:kind>", views.export),
    path("document.pdf", views.document),
]
