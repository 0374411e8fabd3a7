"""How long things take, as ratios to what they cannot do without. Run by hand: `python -m bench`."""
