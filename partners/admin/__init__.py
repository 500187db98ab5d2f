"""The repair desk for people and organizations; signing in to it goes through allauth."""

from allauth.account import admin as account_admin
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as usersessions_admin
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group

from partners.admin import (
    account,
    exchange,
    inviting,
    lists,
    matches,
    mou,
    needs,
    news,
    organization,
    part,
    partnership,
    person,
    way,
)

__all__ = ["account", "account_admin", "auth_admin", "exchange", "inviting", "lists", "matches"]
__all__ += ["mfa_admin", "mou"]
__all__ += ["needs", "news", "organization", "part", "partnership", "person"]
__all__ += ["usersessions_admin", "way"]  # allauth's are registered before we take over

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth says
for model in (Authenticator, EmailAddress, Group, UserSession):
    admin.site.unregister(model)
admin.site.register(Authenticator, account.AuthenticatorAdmin)
