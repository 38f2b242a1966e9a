"""The policy files that come with matcher, found by name from anywhere."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDERS = (_PACKAGE / "_policies", _PACKAGE.parent / "configs" / "policies")
"""Where they stand in an installed package, and in a checkout."""


def shipped_policies() -> dict[str, Path]:
    """Name (without ending) and path of every policy that comes with matcher, sorted by name."""
    folder = next((folder for folder in _FOLDERS if folder.is_dir()), None)
    return {} if folder is None else {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def find_policy(name: Path | str, folder: Path) -> Path | None:
    """Find a policy by its path, or by the bare name of one that comes with matcher.

    Parameters
    ----------
    name : Path or str
        A path relative to `folder`, an absolute path, or a name such as ``mensi_pilot`` or
        ``mensi_pilot.yaml``. A file in `folder` goes before a policy that comes along.
    folder : Path

    Returns
    -------
    Path or None
        None if there is neither.
    """
    own = folder / name
    if own.is_file():
        return own
    bare = Path(name)
    if len(bare.parts) == 1 and bare.suffix in ("", ".yaml"):
        return shipped_policies().get(bare.stem)
    return None
