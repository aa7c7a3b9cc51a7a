"""One module per figure: TITLE (the question), ALT, CAPTION, draw(). A name is never reused or removed."""
