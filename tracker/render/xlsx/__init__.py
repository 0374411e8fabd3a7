"""Workbooks of Excel: what all of them share stands in book.py; form.py is the form that a unit fills in."""
