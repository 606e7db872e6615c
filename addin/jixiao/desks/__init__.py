"""Desks carry plans out: the terminal's, and the one in the window of an office program."""
