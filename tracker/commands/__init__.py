"""One command a file, found by walking this folder. Each imports what it needs inside itself."""
