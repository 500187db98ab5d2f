"""Exports that staff define once: columns, rows and form, saved, shared and run again."""
