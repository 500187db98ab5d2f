"""A partner's own pages."""
