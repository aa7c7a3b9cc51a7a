import keras

for rates in ({"dropout": 0.5}, {"recurrent_dropout": 0.5}):
    cell = keras.layers.LSTMCell(4, **rates)
    h = keras.ops.ones((2, 4))
    masks = cell.get_recurrent_dropout_mask(h)
    print(rates, "implementation", cell.implementation, end=", ")
    print("masks for h:", 0 if masks is None else len(masks))
