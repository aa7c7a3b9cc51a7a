import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.ones((2, 3), dtype="float32")
states = np.array([[0.2] * 4, [0.9] * 4], dtype="float32")  # (2, 4)
cell = keras.layers.LSTMCell(4)

outputs = []
for given in (states, [states, states], [states[:1], states[1:]]):
    given = keras.tree.map_structure(keras.ops.convert_to_tensor, given)
    outputs.append(keras.ops.convert_to_numpy(cell(x, given)[0]))
print("states is h and is c:     ", np.allclose(outputs[0], outputs[1]))
print("row 0 is h and row 1 is c:", np.allclose(outputs[0], outputs[2]))
