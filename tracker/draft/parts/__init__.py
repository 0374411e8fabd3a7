"""The parts of a whole paper, one a file; each is a pure function of the matter."""
