"""From raw data sets to weights: sources, preparation, losses, recipes, loop, export."""
