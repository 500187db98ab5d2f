"""What the portal uses of vendored packages, and how the small files of `static/vendor/` are made from it."""
