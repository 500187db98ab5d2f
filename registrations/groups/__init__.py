"""Groups: the page of a group or team, who is in it, what it makes, and its own meetings."""
