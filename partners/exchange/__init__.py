"""The exchange: what partners need and give, the matches between them, and the matrix."""
