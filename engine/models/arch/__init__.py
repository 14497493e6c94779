"""Architectures, one a file. Each is imported by name where it is built (no folder scans)."""
