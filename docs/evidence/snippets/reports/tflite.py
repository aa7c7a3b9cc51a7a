import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4)])
function = tf.function(model).get_concrete_function(tf.TensorSpec((None, 5, 3)))
converter = tf.lite.TFLiteConverter.from_concrete_functions([function], model)
try:
    converter.convert()
except Exception as error:
    for line in str(error).splitlines():  # the line that people search for
        if "element_shape" in line:
            print(f"{type(error).__name__}: {line[line.index(chr(39)) :]}")
            break
