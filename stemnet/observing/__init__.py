"""Observing: the log, health, and what is reported of faults."""
