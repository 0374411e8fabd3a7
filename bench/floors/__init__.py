"""What nobody can do without: the libraries loaded, the files parsed. Contenders that answer nothing about the plan."""
