"""What exists in the world: bodies, actors and places, with names, recognised forms and facts.

``bodies/<slug>.yaml`` describes one body; ``actors.yaml``, ``places.yaml`` and ``references.yaml`` hold an entry for
each slug. A slug is the English official name in lower case with hyphens. README.md explains every key.
"""

from app.registry.loader import Body, Entity, Place, Registry, SessionCount, registry

__all__ = ["Body", "Entity", "Place", "Registry", "SessionCount", "registry"]
