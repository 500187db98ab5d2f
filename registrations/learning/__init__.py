"""Learning: what a person has done and what is missing."""
