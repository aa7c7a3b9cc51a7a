import os

os.environ["KERAS_BACKEND"] = "tensorflow"
from keras.layers import LSTM
from keras.src.backend.tensorflow.rnn import (
    _do_lstm_arguments_support_cudnn as fits,
)

for arguments in [
    {},
    {"activation": "relu"},
    {"recurrent_activation": "hard_sigmoid"},
    {"use_bias": False},
    {"unroll": True},
]:
    a = LSTM(4, **arguments)
    asked = a.activation, a.recurrent_activation, a.unroll, a.use_bias
    print(fits(*asked), arguments)
