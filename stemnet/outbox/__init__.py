"""The outbox: writing, queueing and delivering mail."""
