"""How the words below docs/ become pages. `hooks.py` is where MkDocs comes in; nothing in here is published."""
