import copy

import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
layer = keras.layers.LSTM(4, stateful=True)


def show(what, layer):
    h = keras.ops.convert_to_numpy(layer.states[0])
    print(what, "h is zero:", not h.any())


layer(x)
layer.set_weights(layer.get_weights())
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
model.compile("sgd", "mse")
show("the layer, in a compiled model:", layer)
show("its copy in clone_model:", keras.models.clone_model(model).layers[-1])
show("its copy by deepcopy:", copy.deepcopy(layer))
layer.build(x.shape)
show("the layer, built again:", layer)
