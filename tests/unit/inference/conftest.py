"""One thread for every test here."""

from tests.unit.models.tiny import one_thread

__all__ = ["one_thread"]
