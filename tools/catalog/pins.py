"""The pins of the packages whose wheels were read: name, version and hash, for pip."""

import hashlib
from pathlib import Path

HEADER = """\
# The packages that the service catalogue is read from; `make catalog-refresh` writes this.
# They are only ever downloaded and read as archives, never installed, hence without dependencies.
"""


def pin(folder: Path) -> str:
    """The text of a requirements file that allows exactly the wheels in a folder."""
    lines = [HEADER]
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{name.replace('_', '-')}=={version} \\\n    --hash=sha256:{digest}\n")
    return "".join(lines)
