"""The environment in which pages are rendered: escaping on, a name that is not there is an error."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def page_environment(*packages: str) -> Environment:
    """Return a new environment over the templates of some packages.

    Parameters
    ----------
    *packages : str
        Dotted names; each has a folder ``templates``, and of two templates of one name the first counts.
    """
    return Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates") for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
