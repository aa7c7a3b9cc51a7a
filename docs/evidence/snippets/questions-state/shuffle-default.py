import inspect

import keras

print(inspect.signature(keras.Model.fit).parameters["shuffle"].default)
