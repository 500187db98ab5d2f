"""Credit: what counts under a rule, documents, and the export for certificates."""
