"""Content: from an author's files to values that need no further check."""
