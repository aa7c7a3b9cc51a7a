"""The figures: drawn by matplotlib from runs of `lstm_ref`.

`palette` colours by role, `parts` the vocabulary, `export` Figure to bytes, `build` all of them into a folder,
`figures` one module per figure with TITLE, ALT, CAPTION and draw().
"""
