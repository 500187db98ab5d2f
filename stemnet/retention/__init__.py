"""Retention: how long each class of data is kept, and what is deleted after that (docs/rules.md 11.8)."""
