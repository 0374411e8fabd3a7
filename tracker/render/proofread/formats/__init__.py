"""One file a format; see the package above."""
