"""What files that are written by hand may hold: the door for plans, units, documents and rules.

Every scalar comes in as text and is converted by tracker.read.values, so the same text means the same in every file.
Each shape is imported when the first record of its kind is read. Records that come by the hundred thousand (actuals)
do not pass here.
"""
