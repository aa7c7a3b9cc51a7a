import keras
import numpy as np

x = np.array([-3.0, -2.5, 1.0, 2.5, 3.0])
y = keras.ops.convert_to_numpy(keras.activations.hard_sigmoid(x))
print("hard_sigmoid: ", y.astype("float64").round(3).tolist())
print("0.2 * x + 0.5:", np.clip(0.2 * x + 0.5, 0, 1).round(3).tolist())
print("x / 6 + 0.5:  ", np.clip(x / 6 + 0.5, 0, 1).round(3).tolist())
