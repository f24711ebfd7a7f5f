"""Text and labels in; ranks, scores and reasons out. A library: no web, no crawl, no database."""
