"""Handwritten stand-ins for tests."""
