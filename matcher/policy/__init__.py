"""The policy file: its model, its loader with line numbers, its JSON Schema."""
