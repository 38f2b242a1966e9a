"""One pure function a criterion → [0, 1] arrays; pair scores with their components; cohesion."""
