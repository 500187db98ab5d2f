"""How allauth meets our people, addresses and mail."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's accounts, told about persons and the outbox."""


class MFAAdapter(DefaultMFAAdapter):
    """allauth's second factors."""
