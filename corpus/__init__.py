"""The store: what was found, what it says, and what people decided about it."""
