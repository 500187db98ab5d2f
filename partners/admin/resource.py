"""Organizations as a table, with the columns that an import finds again."""

from typing import Any

from import_export import fields, resources

from partners.models import Organization


class OrganizationResource(resources.ModelResource):
    """The columns of the table."""

    aliases = fields.Field(column_name="aliases")
    part_of = fields.Field(attribute="part_of__name", column_name="part_of")

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

    def get_queryset(self) -> Any:
        """Fetch what the columns need at once."""
        return Organization.objects.select_related("part_of").prefetch_related("aliases")

    def dehydrate_aliases(self, organization: Organization) -> str:
        """Join the other names by semicolons."""
        return "; ".join(sorted(alias.name for alias in organization.aliases.all()))
