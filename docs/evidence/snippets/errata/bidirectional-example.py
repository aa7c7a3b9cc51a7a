import textwrap

import keras

text = keras.layers.Bidirectional.__doc__
example = textwrap.dedent(text.split("```python")[1].split("```")[0])
names = "from keras import Input, Sequential\n"
names += "from keras.layers import LSTM, Bidirectional, Dense\n"

exec(names + example.replace("s=True),\n    Bi", "s=True)),\n    Bi", 1))
print("with one parenthesis more it runs")
compile(example, "docstring", "exec")
