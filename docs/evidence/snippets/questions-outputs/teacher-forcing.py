import keras
import numpy as np

decoder = keras.layers.LSTM(4, return_sequences=True, return_state=True)
dense = keras.layers.Dense(3)
state = [np.zeros((2, 4)), np.zeros((2, 4))]  # h and c of the encoder
start, target = np.zeros((2, 1, 3)), np.ones((2, 5, 3))

fed = np.concatenate([start, target[:, :-1]], axis=1)  # one timestep late
outputs = dense(decoder(fed, initial_state=state)[0])
print("training:  ", fed.shape, "->", tuple(outputs.shape))

now, outputs = start, []
for _ in range(5):
    y, *state = decoder(now, initial_state=state)
    now = dense(y)  # what came out goes in again
    outputs.append(now)
outputs = keras.ops.concatenate(outputs, axis=1)
print("prediction: 5 times", tuple(now.shape), "->", tuple(outputs.shape))
