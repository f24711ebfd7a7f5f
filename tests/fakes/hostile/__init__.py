"""Hostile inputs: what servers, names and sites do to a harvester, as one table that is tried and printed."""
