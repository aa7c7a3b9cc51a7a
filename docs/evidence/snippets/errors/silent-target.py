import keras
import numpy as np

target = np.array([[1.0], [3.0]])
predicted = np.zeros((2, 5, 1))
predicted[:, -1] = target
loss = keras.losses.MeanSquaredError()
print(predicted.shape, target.shape, float(loss(target, predicted)))
