"""One training recipe a file: its configuration, its networks, its step."""
