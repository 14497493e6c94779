"""Networks, what travels with their weights, and how both are stored and found."""
