import keras
import numpy as np

mask = np.array([[True, True, True, False, False]])
for value in (np.nan, 0.0):
    x = np.ones((1, 5, 3), dtype="float32")
    x[~mask] = value
    sequences = keras.Input((5, 3))
    real = keras.Input((5,), dtype="bool")
    y = keras.layers.LSTM(4)(sequences, mask=real)
    model = keras.Model([sequences, real], y)
    model.compile("sgd", "mse")
    predicted = model.predict([x, mask], verbose=0)
    model.train_on_batch([x, mask], np.zeros((1, 4)))
    weights = model.get_weights()
    print("masked timesteps hold", value)
    print("  predict is finite:", np.isfinite(predicted).all())
    print("  weights are finite:", all(np.isfinite(w).all() for w in weights))
