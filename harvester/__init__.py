"""Finds and fetches; never decides."""
