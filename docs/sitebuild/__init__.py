"""How words become pages: what the build of the site does beside MkDocs. Nothing of it is published."""
