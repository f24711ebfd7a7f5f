"""Screening replayed on labelled sets: rankers beside each other, and beside ASReview."""
