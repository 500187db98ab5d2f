"""Text and files of partners as people read them: words in, HTML or PDF out, no rules."""
