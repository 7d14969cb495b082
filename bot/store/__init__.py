"""Rows and core values, one module for each table, over one database object."""
