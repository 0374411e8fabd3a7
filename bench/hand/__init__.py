"""The same job written by hand, one library a file."""
