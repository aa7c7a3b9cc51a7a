import keras

for dtype in ("mixed_float16", "float16", "bfloat16"):
    for initializer in ("orthogonal", "glorot_uniform"):
        layer = keras.layers.LSTM(4, dtype=dtype, recurrent_initializer=initializer)
        try:
            layer.build((2, 5, 3))
            print(dtype, initializer, "- built")
        except Exception as error:  # of another kind on each backend
            print(dtype, initializer, "-", type(error).__name__)
