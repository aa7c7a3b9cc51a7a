import keras

series = [[0.5], [0.25, 0.75]]  # 1 timestep, 2 timesteps
pad = keras.utils.pad_sequences
print(pad(series).tolist())
print(pad(series, dtype="float32").tolist())
print(pad(series, dtype="float32", padding="post").tolist())
