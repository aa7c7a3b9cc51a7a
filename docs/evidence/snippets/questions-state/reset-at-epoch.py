import keras
import numpy as np

from lstm_ref.examples import worked_input, worked_layer


class Reset(keras.callbacks.Callback):
    def on_epoch_begin(self, *_):
        layer.reset_state()


# without use_cudnn=False, fit raises on PyTorch
layer = keras.layers.LSTM(4, stateful=True, use_cudnn=False)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
layer.set_weights(worked_layer().get_weights())
model.compile(keras.optimizers.SGD(0.0), "mse")  # the weights stay
for epochs, callbacks in ((1, []), (2, []), (2, [Reset()])):
    layer.reset_state()
    how = {"epochs": epochs, "callbacks": callbacks, "shuffle": False}
    model.fit(worked_input(), np.zeros((2, 4)), verbose=0, **how)
    h = keras.ops.convert_to_numpy(layer.states[0])[0].astype(float)
    print(epochs, "epochs,", len(callbacks), "reset per epoch:", h.round(2))
