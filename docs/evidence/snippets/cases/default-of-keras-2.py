import tf_keras
from tf_keras.src.layers.rnn import lstm_v1

for api, LSTM in ("version 1", lstm_v1.LSTM), ("version 2", tf_keras.layers.LSTM):
    print(api, LSTM(4).recurrent_activation.__name__)
