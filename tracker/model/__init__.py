"""The nouns. Nothing in here imports anything of ours outside this folder, and nothing here touches the world."""
