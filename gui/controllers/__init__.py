"""One use case a file: they join models, jobs and messages."""
