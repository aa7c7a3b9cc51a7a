import keras
from keras.layers import LSTM, Bidirectional, Dense

for layer in [LSTM(4), Bidirectional(LSTM(4))]:
    model = keras.Sequential([keras.Input((None, 3)), layer, Dense(8)])
    print([(each.name, each.count_params()) for each in model.layers])
