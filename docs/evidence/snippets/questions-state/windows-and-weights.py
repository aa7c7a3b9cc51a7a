import keras
import numpy as np

keras.utils.set_random_seed(0)
model = keras.Sequential([keras.Input(shape=(5, 3)), keras.layers.LSTM(4)])
model.compile(keras.optimizers.SGD(0.1), "mse")
first, second = np.ones((1, 5, 3)), -np.ones((1, 5, 3))

y = model.predict(second, verbose=0)
model.predict(first, verbose=0)
again = model.predict(second, verbose=0)
print("after reading the first: ", "same" if (again == y).all() else "new")
model.fit(first, np.ones((1, 4)), verbose=0)
again = model.predict(second, verbose=0)
print("after training on it:    ", "same" if (again == y).all() else "new")
