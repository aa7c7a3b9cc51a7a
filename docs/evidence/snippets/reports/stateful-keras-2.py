import tf_keras

layer = tf_keras.layers.LSTM(4, stateful=True, input_shape=(5, 3))
tf_keras.Sequential([layer])
