"""Public: the home page, the list of networks and their pages."""
