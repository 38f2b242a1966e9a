"""Names in a template, checked against the fields of its letter before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

from matcher.report.letters.views import Letter, MentorLetter, MinistryLetter, PeerLetter, SchoolLetter

LETTERS: dict[str, type[Letter]] = {
    "school.html": SchoolLetter,
    "mentor.html": MentorLetter,
    "peer.html": PeerLetter,
    "ministry.html": MinistryLetter,
}
"""Templates that write a letter, and what ``letter`` is in them."""
Scope = dict[str, Any]
"""Names of a template and their types; :data:`ANY` where the type is not followed."""
ANY = object()


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name in a template that is not there.

    Attributes
    ----------
    line : int
        From 1.
    name : str
        As it stands in the template, such as ``letter.score``.
    known : tuple of str
        What there is instead.
    """

    line: int
    name: str
    known: tuple[str, ...]


def unknown_names(environment: Environment, source: str, scope: Mapping[str, Any]) -> list[UnknownName]:
    """Find every name and field in a template that is not there, whether or not it would be reached.

    Parameters
    ----------
    environment : Environment
        Its globals are known too.
    source : str
        Text of the template.
    scope : mapping of str to type
        Names that the template is given.

    Returns
    -------
    list of UnknownName
        In the order of the template.

    Raises
    ------
    jinja2.TemplateSyntaxError
    """
    known = dict.fromkeys(environment.globals, ANY) | {"loop": ANY, "caller": ANY} | dict(scope)
    return list(_walk(environment.parse(source), known))


def said_fields(kind: type) -> tuple[str, ...]:
    """Names of the fields of a view model."""
    return tuple(one.name for one in fields(kind))


def described_fields(kind: type, prefix: str) -> list[str]:
    """List the fields of a view model and of those within it, one line each, with what they hold."""
    lines = []
    hints, noted = get_type_hints(kind), get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        inner, element = _without_none(hints[one.name]), _element(hints[one.name])
        lines.append(f"{prefix}.{one.name}: {noted[one.name].__metadata__[0]}")
        if isinstance(inner, type) and is_dataclass(inner):
            lines += described_fields(inner, f"{prefix}.{one.name}")
        if isinstance(element, type) and is_dataclass(element):
            lines += described_fields(element, f"{prefix}.{one.name}[…]")
    return lines


def _walk(node: nodes.Node, scope: Scope) -> Iterator[UnknownName]:
    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope)
        inner = dict(scope)
        _bind(node.target, _element(_type(node.iter, scope)), inner)
        for child in (*node.body, *([node.test] if node.test else [])):
            yield from _walk(child, inner)
        for child in node.else_:
            yield from _walk(child, scope)
        return
    if isinstance(node, nodes.Assign):
        yield from _walk(node.node, scope)
        _bind(node.target, _type(node.node, scope), scope)
        return
    if isinstance(node, nodes.Macro | nodes.AssignBlock | nodes.Import | nodes.FromImport | nodes.With):
        _declare(node, scope)
    yield from _own_fault(node, scope)
    for child in node.iter_child_nodes():
        yield from _walk(child, scope)


def _declare(node: nodes.Node, scope: Scope) -> None:
    """Take in names that a statement brings along; their types are not followed."""
    if isinstance(node, nodes.Macro | nodes.Import):
        scope[node.name if isinstance(node, nodes.Macro) else node.target] = ANY
    if isinstance(node, nodes.FromImport):
        for imported in node.names:
            scope[imported if isinstance(imported, str) else imported[1]] = ANY
    for name in node.find_all(nodes.Name):
        if name.ctx in {"store", "param"}:
            scope[name.name] = ANY


def _own_fault(node: nodes.Node, scope: Scope) -> Iterator[UnknownName]:
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
        own = tuple(sorted(name for name, kind in scope.items() if kind is not ANY))
        yield UnknownName(node.lineno, node.name, own)
    name = _field(node)
    if name is not None and isinstance(node, nodes.Getattr | nodes.Getitem):
        kind = _type(node.node, scope)
        if isinstance(kind, type) and is_dataclass(kind) and name not in said_fields(kind):
            yield UnknownName(node.lineno, f"{_said(node.node)}.{name}", said_fields(kind))


def _field(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.arg.value if isinstance(node.arg.value, str) else None
    return None


def _said(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    name = _field(node)
    return f"{_said(node.node)}.{name}" if isinstance(node, nodes.Getattr) and name else "…"


def _bind(target: nodes.Node, kind: Any, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = kind
        return
    for name in target.find_all(nodes.Name):
        scope[name.name] = ANY


def _type(node: nodes.Node, scope: Scope) -> Any:
    """Type of an expression, without None; ANY where it is not followed."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, ANY)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        kind, name = _type(node.node, scope), _field(node)
        if name is None:
            return _element(kind)
        if isinstance(kind, type) and is_dataclass(kind) and name in said_fields(kind):
            return _without_none(get_type_hints(kind)[name])
    return ANY


def _element(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else ANY


def _without_none(kind: Any) -> Any:
    options = [one for one in get_args(kind) if one is not type(None)]
    return kind if get_origin(kind) is tuple or not options else options[0]
