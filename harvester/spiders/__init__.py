"""One spider for each kind of source. Spiders find and yield; they know no store."""
