"""Plan versus actual: what was promised, what was done, and which rules that breaks."""

__version__ = "0.1.0"
