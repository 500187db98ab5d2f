"""Merging: likely duplicates, and making two rows one."""
