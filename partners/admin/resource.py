"""What the admin says that an export of organizations holds; `importing.domain.exporting` writes it."""

from import_export import fields, resources

from partners.models import Organization


class OrganizationResource(resources.ModelResource):
    """The columns of the table."""

    aliases = fields.Field(column_name="aliases")

    class Meta:
        model = Organization
        fields = (
            "name",
            "aliases",
            "city",
            "state",
            "sector",
            "level",
            "website",
            "region",
            "state_org_code",
            "part_of",
        )
        export_order = fields
