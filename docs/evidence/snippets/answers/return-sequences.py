import keras
import numpy as np

from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")
outputs = []
for return_sequences in (False, True):
    layer = keras.layers.LSTM(4, return_sequences=return_sequences)
    layer.build(x.shape)
    layer.set_weights(worked_layer().get_weights())
    outputs.append(keras.ops.convert_to_numpy(layer(x)))
    print(return_sequences, outputs[-1].shape)
print("False is the last of True:", np.array_equal(outputs[0], outputs[1][:, -1]))
