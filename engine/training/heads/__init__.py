"""Heads to learn a face parser from: their labels, and random scenes made of them."""
