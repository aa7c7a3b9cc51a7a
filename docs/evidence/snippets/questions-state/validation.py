import keras
import numpy as np

# without use_cudnn=False, fit raises on PyTorch
layer = keras.layers.LSTM(4, stateful=True, use_cudnn=False)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
model.compile(keras.optimizers.SGD(0.0), "mse")  # the weights stay
x, y, c = np.ones((2, 5, 3)), np.zeros((2, 4)), []
for validation_data in (None, (-x, y)):
    layer.reset_state()
    model.fit(x, y, validation_data=validation_data, verbose=0)
    c.append(keras.ops.convert_to_numpy(layer.states[1]).copy())
print("validation leaves another c:", not np.allclose(*c))
