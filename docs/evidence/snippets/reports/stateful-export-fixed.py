import os
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

folder = tempfile.mkdtemp()
layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(1, 5, 3)), layer])
x = np.ones((1, 5, 3), "float32")
model(x)
whole = [tf.TensorSpec((1, 5, 3), "float32")]
model.export(folder, verbose=False, input_signature=whole)
served = tf.saved_model.load(folder)
print("goes on:", np.allclose(served.serve(x), model(x), atol=1e-6))
