"""Headings, roles, tables and running lines of real reports, against what a careful reader marked on their pages."""
