"""Reads. Whatever shows a vote takes the person who asks."""
