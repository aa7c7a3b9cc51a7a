import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4)])
function = tf.function(model).get_concrete_function(tf.TensorSpec((1, 5, 3)))
converter = tf.lite.TFLiteConverter.from_concrete_functions([function], model)
print("converted:", len(converter.convert()) > 0)
