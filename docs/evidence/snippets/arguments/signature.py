import inspect

from keras.layers import LSTM

now = inspect.signature(LSTM).parameters
for name in ("activation", "recurrent_activation", "unit_forget_bias"):
    print(name, "=", now[name].default)
print("implementation named:", "implementation" in now)
print("implementation =", LSTM(4).cell.implementation)
