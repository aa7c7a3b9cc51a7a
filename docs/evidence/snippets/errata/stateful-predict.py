import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
names = ("kernel_initializer", "recurrent_initializer")
small = dict.fromkeys(names, keras.initializers.Constant(0.1))
for calls in (0, 1):
    layer = keras.layers.LSTM(4, stateful=True, **small)
    model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
    for _ in range(calls):
        model(x)
    y = [f"{model.predict(x, verbose=0)[0, 0]:.3f}" for _ in range(2)]
    print(calls, "direct calls, then predict twice:", *y)
layer.reset_state()
y = model.predict(x, verbose=0)[0, 0]
print(f"reset_state(), then predict: {y:.3f}")
