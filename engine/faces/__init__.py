"""Finding faces and bringing them to a model's template."""
