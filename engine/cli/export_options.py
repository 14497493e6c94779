"""Options on how files are written, shared by `age` and `batch`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.orders import ExportSpec, Framing
from engine.service import AgingService

if TYPE_CHECKING:
    from engine.imaging.signing import Identity


@dataclass(frozen=True, slots=True)
class Writing:
    """How files are written, as :class:`engine.orders.ExportSpec` says, and who signs them.

    ``framing`` is that of the strip.
    """

    overwrite: bool = False
    keep_metadata: bool = True
    keep_place: bool = True
    mark_ai: bool = True
    credentials: bool = True
    quality: int | None = None
    sidecar: bool = False
    visible_mark: bool = False
    certificate: Path | None = None
    key: Path | None = None
    framing: Framing = Framing.PHOTO

    def spec(self, path: Path) -> ExportSpec:
        """How to write one file."""
        return ExportSpec(
            path=path,
            keep_metadata=self.keep_metadata,
            keep_place=self.keep_place,
            quality=95 if self.quality is None else self.quality,
            own_compression=self.quality is None,
            mark_ai=self.mark_ai,
            overwrite=self.overwrite,
            credentials=self.credentials,
            sidecar=self.sidecar,
            visible_mark=self.visible_mark,
        )

    def signer(self) -> Identity | None:
        """Who signs, for what is written without the service; None for this computer's own."""
        from engine.imaging.signing import own_identity

        return None if self.certificate is None else own_identity(self.certificate, self.key)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    parser.add_argument("--overwrite", action="store_true", help="replace files of earlier runs")
    parser.add_argument(
        "--no-metadata", action="store_true", help="leave out the photo's EXIF, XMP and IPTC"
    )
    parser.add_argument(
        "--no-place", action="store_true", help="leave out where the photo was taken (GPS)"
    )
    parser.add_argument(
        "--quality",
        type=int,
        metavar="1..100",
        help="of lossy formats; without, a JPEG of a JPEG is compressed as that is",
    )
    parser.add_argument(
        "--no-mark", action="store_true", help="do not mark the file as edited with AI"
    )
    parser.add_argument(
        "--visible-mark", action="store_true", help='also write "Edited with AI" into a corner'
    )
    parser.add_argument(
        "--no-credentials", action="store_true", help="do not sign it with content credentials"
    )
    parser.add_argument(
        "--sidecar",
        action="store_true",
        help="also write how it was made beside it, for `age --recipe` and the window",
    )
    parser.add_argument(
        "--framing",
        choices=[framing.value for framing in Framing],
        default=Framing.PHOTO.value,
        help="what the strip of several ages shows: the photo (default), or a row for each face, "
        "as the photo shows it or aligned, with the eyes level",
    )
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="PEM",
        help="sign as its owner, instead of with a certificate made on this computer; the chain, "
        "the signer's own first",
    )
    parser.add_argument(
        "--key", type=Path, metavar="PEM", help="its private key, if not in the same file"
    )


def writing_of(args: argparse.Namespace) -> Writing:
    """What was asked for."""
    return Writing(
        overwrite=args.overwrite,
        keep_metadata=not args.no_metadata,
        keep_place=not args.no_place,
        quality=args.quality,
        sidecar=args.sidecar,
        visible_mark=args.visible_mark,
        mark_ai=not args.no_mark,
        credentials=not args.no_credentials,
        certificate=args.certificate,
        key=args.key,
        framing=Framing(args.framing),
    )


def use_certificate(writing: Writing, service: AgingService) -> None:
    """Have the service sign as asked. Raises ExportError."""
    if writing.certificate is not None and writing.credentials:
        service.use_certificate(writing.certificate, writing.key)
