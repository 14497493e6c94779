"""Agelens engine: photos in, aged photos out. Imports no Qt."""

__version__ = "0.1.0"
