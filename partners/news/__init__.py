"""News of the partnership, and what colleagues say."""
