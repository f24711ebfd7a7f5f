"""How reading a batch scales, and what becomes of it when a worker is killed."""
