"""Home: a partner's own pages."""
