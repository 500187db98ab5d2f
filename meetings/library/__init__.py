"""The library: what worked, where it was tried, and how to find it."""
