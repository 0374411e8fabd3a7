"""Files made from nothing: a project to begin with, and rules that hold their own examples."""
