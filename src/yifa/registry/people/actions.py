"""What other rooms may have done to the register of people."""

from yifa.registry.people.search import index_people

__all__ = ["index_people"]
