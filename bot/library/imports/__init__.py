"""Stories from other tools become drafts: what is kept, what is approximated, what is refused, line by line."""
