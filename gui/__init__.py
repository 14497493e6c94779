"""The window over :class:`engine.service.AgingService`. Imports no torch, cv2 or mediapipe."""
