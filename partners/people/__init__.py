"""People: names, addresses, signing in, organizations, positions, and the partnership itself."""
