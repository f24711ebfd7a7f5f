"""Ranking for screening: learners that order a pool by the votes so far, and screening simulated."""
