"""Prospects: organizations on the way from suggested to partner, and the letters to them."""
