"""Staff with a task in the admin: they may do there what belongs to it, and see nothing else.

The task of a list is its ``task`` (`stemnet.admin_site`). What coordinators keep to themselves, such as
logins and appointments, says ``delegable = False``.
"""

from collections.abc import Collection
from typing import Any

from django.contrib import admin


def allows(tasks: Collection[str], perm: str) -> bool:
    """Return whether a permission such as "meetings.change_network" belongs to one of ``tasks``.

    Rows below a form belong to the task of its list.
    """
    if not tasks:
        return False
    app, _dot, codename = perm.partition(".")
    wanted = app, codename.partition("_")[2]
    return any(_label(model) == wanted for model in _models_of(tasks))


def allows_app(tasks: Collection[str], app: str) -> bool:
    """Return whether an app has a list of one of ``tasks``."""
    return any(model._meta.app_label == app for model in _models_of(tasks))


def _models_of(tasks: Collection[str]) -> list[Any]:
    """Return the models of the lists of ``tasks``, and of the rows below their forms."""
    found = []
    for model, owner in admin.site._registry.items():
        if getattr(owner, "task", "") in tasks and getattr(owner, "delegable", True):
            found.append(model)
            inlines = owner.all_inlines() if hasattr(owner, "all_inlines") else owner.inlines
            found += [one.model for one in inlines if getattr(one, "delegable", True)]
    return found


def _label(model: Any) -> tuple[str, str]:
    return model._meta.app_label, model._meta.model_name
