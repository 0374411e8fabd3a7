"""What was found, said to somebody. One output format is one file, found by walking a folder of this package."""
