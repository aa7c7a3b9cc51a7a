import tf_keras

tf_keras.Sequential(
    [
        tf_keras.Input((8, 8, 1)),
        tf_keras.layers.Conv2D(4, 3),
        tf_keras.layers.LSTM(4),
    ]
)
