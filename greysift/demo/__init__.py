"""A worked example that ships: real records, specimen reports, a recorded crawl."""
