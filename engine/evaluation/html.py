"""Pages that are complete in themselves: one frame, one look, pictures inside."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any


def render(template: Path, **values: Any) -> str:
    """A page from a Jinja template that extends ``page.html``; a name that is not given fails."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([template.parent, Path(__file__).parent]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template.name).render(**values)


def jpeg_url(data: bytes) -> str:
    """A JPEG file's bytes as an address that needs no file."""
    return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")
