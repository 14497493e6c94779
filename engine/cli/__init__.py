"""The command line: ``main.py age | batch | faces | models | prepare | train | …``.

One file a command, each with ``add_arguments(parser)`` and ``run(args) -> exit code``; a
command's file is imported only when it is asked for.
"""

from engine.cli.app import main

__all__ = ["main"]
