title "The regression of article 004: an LSTM that sees one number"
size n = 10
input x : 1 x 1 = csv("x.csv")
given y : 1 x 1 = csv("y.csv")
param Ui, Ug, Uo : n x 1 ~ uniform(-0.316, 0.316)
param bi, bg, bo : n x 1 ~ uniform(-0.316, 0.316)
param V : 1 x n ~ uniform(-0.316, 0.316)
param d : 1 x 1 ~ uniform(-0.316, 0.316)

i = sigmoid(Ui * x + bi)
g = tanh(Ug * x + bg)
o = sigmoid(Uo * x + bo)
c = i * g
h = o * tanh(c)
out = V @ h + d
loss (out - y)^2
