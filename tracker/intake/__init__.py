"""Tables of other people → entries: where the header is, what each row is, what its cells mean, which are new."""
