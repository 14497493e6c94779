"""What the window knows: the open photos, their faces and what is done to them. No widgets."""
