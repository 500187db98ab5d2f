"""Files that people bring: cells into clean values, no rules."""
