"""lstm_ref.LSTM against tf_keras.layers.LSTM, which is Keras 2, as agreement_keras does it for Keras 3."""

import tensorflow as tf
import tf_keras
from agreement_keras import System, measure
from common import emit

BACKENDS = ()

keras2 = System(tf_keras.layers, tf.constant, lambda tensor: tensor.numpy(), "hard_sigmoid_keras2")
emit({"ran": ["tensorflow", "tf_keras"], **measure(keras2)})
