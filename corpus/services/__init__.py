"""Writes. Each is one short transaction with its audit event inside."""
