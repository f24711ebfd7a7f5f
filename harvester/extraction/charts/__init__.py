"""Charts, maps and diagrams: where a page draws them, which of its letters are theirs, what their captions are."""
