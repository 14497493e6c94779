"""Widgets. They show what they are given and say what the user did; they decide nothing."""
