"""Writes. Each is one short transaction with its audit event inside; captures are a log of their own."""
