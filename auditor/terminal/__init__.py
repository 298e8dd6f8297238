"""What the command line is made of: arguments, commands, what they print, and how they fail.

``cli`` is the door; nothing outside of it and this folder prints.
"""
