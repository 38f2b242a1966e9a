"""JSON Schema of the policy file, for editors and for other tools."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from matcher.policy.fields import description_of, every_part
from matcher.policy.model import Policy


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a policy file.

    Titles and descriptions come from the model. ``extends`` and ``$schema`` are allowed beside the
    model's own keys, since the loader takes them out before it checks the rest.
    """
    schema = Policy.model_json_schema(mode="validation")
    _describe(schema, Policy)
    for _, part in every_part():
        if part.__name__ in schema["$defs"]:
            _describe(schema["$defs"][part.__name__], part)
    properties: dict[str, Any] = schema.pop("properties")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "matcher policy",
        "description": schema.pop("description", ""),
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "description": "Address of this schema, for editors; not read."},
            "extends": {
                "type": "string",
                "description": "Policy to start from: a path relative to this file, or the name of "
                "one that comes along; keys here win.",
            },
            **properties,
        },
        "additionalProperties": False,
        "$defs": schema.pop("$defs"),
    }


def _describe(schema: dict[str, Any], part: type[BaseModel]) -> None:
    """Add the words of keys that a class inherits: pydantic keeps them only where they are written."""
    for name, declared in schema["properties"].items():
        declared.setdefault("description", description_of(part, name))
