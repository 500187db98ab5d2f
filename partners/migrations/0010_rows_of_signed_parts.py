"""Keep what each part in a document says and whether it was closed with it, also of documents from before."""

from django.db import migrations, models

ROWS = (("Need", "needs"), ("Contribution", "contributions"))


def find_rows(apps, schema_editor):
    """Tie the rows of each part to the documents that were locked while it had them."""
    parts = apps.get_model("partners", "MouDocumentPart").objects.select_related("document")
    for name, words in ROWS:
        model = apps.get_model("partners", name)
        through, column = model.promised_in.through, f"{name.lower()}_id"
        by_role = {}
        for row in model.objects.exclude(role=None).select_related("category"):
            by_role.setdefault(row.role_id, []).append(row)
        through.objects.bulk_create(
            through(**{column: row.pk, "moudocumentpart_id": part.pk})
            for part in parts.defer("document__html", "document__words").iterator()
            for row in by_role.get(part.role_id, [])
            if is_said(row, part, part.words.get(words, []))
        )


def find_closed(apps, schema_editor):
    """Say of the documents that were locked before which parts were closed with them."""
    parts = apps.get_model("partners", "MouDocumentPart").objects
    closed = apps.get_model("partners", "RoleChange").objects.filter(to_status="locked")
    with_it = closed.filter(role=models.OuterRef("role"), at=models.OuterRef("document__locked_at"))
    parts.filter(models.Exists(with_it)).update(closed=True)


def find_overtaken(apps, schema_editor):
    """Say of the requests that a newer document made stale which one did."""
    signatures = apps.get_model("partners", "Signature").objects.filter(status="stale")
    for one in signatures.exclude(document__replaced_by=None).select_related("document__replaced_by"):
        newer = one.document.replaced_by
        if one.changes.filter(to_status="stale", at=newer.locked_at).exists():
            one.overtaken_by = newer
            one.save(update_fields=["overtaken_by"])


def is_said(row, part, lines):
    """Return whether a row stood in its part when the document was locked, and a line of it says the row."""
    locked_at = part.document.locked_at
    stood = row.written_at <= locked_at and (row.withdrawn_at is None or row.withdrawn_at > locked_at)
    said = (line.partition(": ") for line in lines)
    return stood and any(name == row.category.name and rest.startswith(row.detail) for name, _, rest in said)


class Migration(migrations.Migration):
    dependencies = [("partners", "0009_mourole_renews")]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="promised_in",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="contributions",
                to="partners.moudocumentpart",
                verbose_name="documents that say it",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="taken_out_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="removed from the draft of the part"),
        ),
        migrations.AddField(
            model_name="need",
            name="promised_in",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="needs",
                to="partners.moudocumentpart",
                verbose_name="documents that say it",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="taken_out_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="removed from the draft of the part"),
        ),
        migrations.AddField(
            model_name="moudocumentpart",
            name="closed",
            field=models.BooleanField(default=False, verbose_name="locked with this document"),
        ),
        migrations.AddField(
            model_name="signature",
            name="overtaken_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="overtook",
                to="partners.moudocument",
            ),
        ),
        migrations.RunPython(find_overtaken, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(find_closed, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(find_rows, migrations.RunPython.noop, elidable=True),
    ]
