"""Who else is in a network, and what its people want to meet about."""
