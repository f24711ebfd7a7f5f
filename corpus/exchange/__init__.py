"""Formats in which others hand over and take away what is known. Bytes in, plain values out; no table is touched."""
