import keras
import numpy as np

numpy = keras.ops.convert_to_numpy
l1 = keras.regularizers.L1(0.01)
for kind in ("return_sequences", "return_state"):
    layer = keras.layers.LSTM(4, activity_regularizer=l1, **{kind: True})
    outputs = keras.tree.flatten(layer(np.ones((2, 5, 3))))
    sums = [0.01 * abs(numpy(y)).sum() for y in outputs]
    added = [numpy(loss) for loss in layer.losses]
    print(kind, np.divide(added, sums).round(3).tolist())
