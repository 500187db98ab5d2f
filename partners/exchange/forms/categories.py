"""What a coordinator types about a category."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Category


class CategoryForm(forms.ModelForm[Category]):
    """Name, description, and whether forms offer it; the code stays when the name changes."""

    class Meta:
        model = Category
        fields = ["name", "description", "active"]
        help_texts = {
            "description": _("What belongs in it, in one sentence."),
            "active": _(
                "If you uncheck this, nobody can choose it from now on. What people have listed stays."
            ),
        }

    def clean_name(self) -> str:
        """Refuse a name that another category has, in any case."""
        name = str(self.cleaned_data["name"])
        if Category.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another category already has this name."))
        return name
