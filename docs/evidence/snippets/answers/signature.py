import inspect

from tf_keras.layers import LSTM
from tf_keras.src.layers.rnn import lstm_v1

for version, layer in [(1, lstm_v1.LSTM), (2, LSTM)]:
    default = inspect.signature(layer).parameters["recurrent_activation"]
    print(f"API of version {version}:", default)
