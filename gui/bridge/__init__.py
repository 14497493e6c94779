"""What crosses between the window and everything else: pictures, messages, settings."""
