"""Gathering: the page of a meeting, its agenda, materials, minutes and action items."""
