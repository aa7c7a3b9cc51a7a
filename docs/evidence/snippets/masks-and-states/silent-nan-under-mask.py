import keras
import numpy as np

x = np.ones((1, 5, 3), dtype="float32")
x[:, 3:] = np.nan
mask = np.array([[True, True, True, False, False]])
sequences, real = keras.Input((5, 3)), keras.Input((5,), dtype="bool")
y = keras.layers.LSTM(4)(sequences, mask=real)
model = keras.Model([sequences, real], y)
model.compile("sgd", "mse")
predicted = model.predict([x, mask], verbose=0)
print("the prediction is finite:", np.isfinite(predicted).all())
model.train_on_batch([x, mask], np.zeros((1, 4)))
finite = [np.isfinite(weights).all() for weights in model.get_weights()]
print("the weights are finite:", all(finite))
