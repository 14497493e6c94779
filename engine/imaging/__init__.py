"""Pictures in and out: decode, colour, geometry, composite, metadata, export. Knows no faces."""
