"""JSON Schema of the policy file, for editors and for other tools."""

from __future__ import annotations

from typing import Any

from matcher.policy.model import Policy


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a policy file.

    Titles and descriptions come from the model. ``extends`` and ``$schema`` are allowed beside the
    model's own keys, since the loader takes them out before it checks the rest.
    """
    schema = Policy.model_json_schema(mode="validation")
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
                "description": "Policy file to start from, relative to this file; keys here win.",
            },
            **properties,
        },
        "additionalProperties": False,
        "$defs": schema.pop("$defs"),
    }
