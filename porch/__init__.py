"""Porch: an open audience, a bounded community, and the bridge between them."""

__version__ = "0.1.0"
