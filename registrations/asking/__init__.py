"""Asking: a network's own questions and what becomes of their answers (docs/rules.md 4.11)."""
