"""Groups: the teams of the partnership and who sits on them."""
