"""Organizations from a table, and back into one; the same file twice changes nothing (traps.md T22).

A row is known by its state code, else by name, town and state. Columns that are missing leave values as
they are; ``name`` and ``sector`` must be there.
"""

from typing import Any

from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from partners.domain import organizations
from partners.models import Organization

REQUIRED = ("name", "sector")


class AliasesField(fields.Field):
    """Other names in one cell, parted by semicolons; those that are missing are added, none is removed."""

    def get_value(self, instance: Any, **kwargs: Any) -> str:
        """Join the names."""
        names = [] if instance.pk is None else [alias.name for alias in instance.aliases.all()]
        return "; ".join(sorted(names))

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Wait until the organization is saved."""

    @staticmethod
    def missing(instance: Organization, row: Any) -> list[str]:
        """Return the names of the row that ``instance`` does not have."""
        typed = [name.strip()[:200] for name in str(row.get("aliases") or "").split(";") if name.strip()]
        known = [] if instance.pk is None else [alias.name.lower() for alias in instance.aliases.all()]
        return [name for name in dict.fromkeys(typed) if name.lower() not in known]


class PartOfWidget(widgets.ForeignKeyWidget):
    """The name of another organization."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organization | None:
        """Find the one organization of that name, or say that there is none."""
        if not value:
            return None
        found = organizations.named(str(value))
        if found is None:
            raise ValueError(_("There is no organization of the name “%(name)s”.") % {"name": value})
        return found


class OrganizationResource(resources.ModelResource):
    """The columns of the table."""

    aliases = AliasesField(column_name="aliases")
    part_of = fields.Field(
        attribute="part_of", column_name="part_of", widget=PartOfWidget(Organization, field="name")
    )

    class Meta:
        model = Organization
        fields = (
            "name",
            "sector",
            "level",
            "city",
            "state",
            "region",
            "state_org_code",
            "aliases",
            "part_of",
            "website",
        )
        export_order = fields
        import_id_fields = ("name",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def get_queryset(self) -> Any:
        """Fetch what the columns need at once."""
        return Organization.objects.select_related("part_of").prefetch_related("aliases")

    def get_instance(self, instance_loader: Any, row: Any) -> Organization | None:
        """Find the organization that a row is about."""
        known = Organization.objects.prefetch_related("aliases")
        state, code = str(row.get("state") or ""), str(row.get("state_org_code") or "")
        if code and (found := known.filter(state=state, state_org_code=code).first()):
            return found
        return known.filter(
            name__iexact=str(row.get("name") or ""), city__iexact=str(row.get("city") or ""), state=state
        ).first()

    def after_init_instance(self, instance: Organization, new: bool, row: Any, **kwargs: Any) -> None:
        """Give a new organization its address, once, and a level where the table has none."""
        if new:
            instance.slug = organizations.free_slug(str(row.get("name") or ""))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Read what is missing as nothing, and the level as local."""
        if "level" in row and not row["level"]:
            row["level"] = "local"

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Skip a row that changes nothing, other names included."""
        if AliasesField.missing(instance, row):
            return False
        return bool(super().skip_row(instance, original, row, import_validation_errors))

    def after_save_instance(self, instance: Organization, row: Any, **kwargs: Any) -> None:
        """Add the other names."""
        for name in AliasesField.missing(instance, row):
            instance.aliases.create(name=name)
