"""All that we keep about one person: on one page, as a download, corrected, deleted."""
