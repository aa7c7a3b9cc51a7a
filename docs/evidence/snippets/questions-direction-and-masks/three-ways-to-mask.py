import keras
import numpy as np

words = np.array([[7, 2, 9, 0, 0]])  # 0 is padding
embedding = keras.layers.Embedding(10, 3, mask_zero=True)
print(keras.ops.convert_to_numpy(embedding.compute_mask(words)).tolist())

lstm = keras.layers.LSTM(4)
x = np.concatenate([np.ones((1, 3, 3)), np.zeros((1, 2, 3))], axis=1)
mask = np.array([[True, True, True, False, False]])
by_a_layer = lstm(keras.layers.Masking(mask_value=0.0)(x))
as_argument = lstm(x, mask=mask)
for name, y in ("Masking", by_a_layer), ("mask=", as_argument), ("no mask", lstm(x)):
    difference = keras.ops.convert_to_numpy(y - lstm(x[:, :3]))
    print(name, "as without the padding:", abs(difference).max() < 1e-6)
