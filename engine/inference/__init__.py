"""Ageing faces: encode once, decode per age, put back into the photo."""
