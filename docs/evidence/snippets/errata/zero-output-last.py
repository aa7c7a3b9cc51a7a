import keras
import numpy as np

x = np.ones((1, 5, 3), dtype="float32")
ends = np.array([[True, True, True, False, False]])
for name, mask in {"end": ends, "start": ends[:, ::-1]}.items():
    for backwards in (False, True):
        zeros = []
        for zero in (False, True):
            options = {"go_backwards": backwards, "zero_output_for_mask": zero}
            y = keras.layers.LSTM(4, **options)(x, mask=mask)
            zeros.append(not keras.ops.convert_to_numpy(y).any())
        print(f"mask at the {name}, go_backwards {backwards}:", zeros)
