import keras
import numpy as np

keras.utils.set_random_seed(0)
# without use_cudnn=False, fit raises on PyTorch
layer = keras.layers.LSTM(4, stateful=True, use_cudnn=False)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
model.compile(keras.optimizers.SGD(0.0), "mse")  # the weights stay
x, y = np.ones((2, 5, 3)), np.zeros((2, 4))
fresh = keras.ops.convert_to_numpy(layer(x))
layer.reset_state()
model.fit(x, y, epochs=1, shuffle=False, verbose=0)
after_fit = model.predict(x, verbose=0)
print("predict starts from zeros:", abs(after_fit - fresh).max() < 1e-6)
