"""Where problems come from: generators with a seed, readers of public formats."""

from benchmarks.instances.loaded import Instance, Loaded, Reference, folder

__all__ = ["Instance", "Loaded", "Reference", "folder"]
