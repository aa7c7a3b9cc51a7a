"""The figures: drawn by matplotlib from runs of `lstm_ref`.

`palette` colours by role, `parts` the vocabulary, `export` Figure to bytes, `build` all of them into a folder,
`figures` one module per figure with TITLE, ALT, CAPTION and draw().
"""

SITE = "LSTM units, computed"
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
