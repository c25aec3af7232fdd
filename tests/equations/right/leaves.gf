# Where initial values come from.
# expect: holds
steps T = 6
size n = 3
seed 11
input v[t] : 1 x n = csv("numbers.csv")
input u[t] : 1 x 1 = t^2
input l[t] : 2 x 1 = {[1; 2], 3, [t; t + 1], zeros(2, 1), 5 * ones(2, 1), [6; 7], [8; 9]}
input f : 2 x 2 = csv("square.csv")
given gv[t] : 1 x n = csv("numbers.csv")
given gl[t] : 2 x 1 = {[1; 2], 3, [t; t + 1], zeros(2, 1), 5 * ones(2, 1), [6; 7], [8; 9]}
given gu[t] : 1 x 1 = t^2
given gm : 4 x n ~ onehot
param ov[t] : 1 x n = csv("numbers.csv")
param ol[t] : 2 x 1 = {[1; 2], 3, [t; t + 1], zeros(2, 1), 5 * ones(2, 1), [6; 7], [8; 9]}
param ou[t] : 1 x 1 = t^2
param o[t], o2[t] : 2 x n
start o[0] : 2 x n = 0.5
given mask[t] : 3 x 30 ~ bernoulli(0.5)
given never : 2 x n ~ bernoulli(0)
param always : 2 x n ~ bernoulli(n - 2)
param one_line : 2 x 2 = csv("row.csv")
param vector : 4 x 1 = csv("row.csv")
param own_lines : 2 x 2 = csv("column.csv")
param c : 2 x 2 = [1, 2; 3, 4]
param fill : 2 x 3 = n / 2
param eye3 : n x n = 0.5 * eye(n)
param U : n x n ~ orthogonal
param V : n × 2 ~ orthogonal(2)
param two,
  names : 1 x 1 = 4
input hot[t] : 4 x n ~ onehot
input column : n x 1 ~ onehot
param between : 9 x 9 ~ uniform(-1, n)
start h[0], h[-1] : 1 x 1
h[t] = h[t-1] + h[t-2] + 1
loss sum(t, h[t])

claim "read":            [v[1]; v[2]; v[3]; v[4]; v[5]; v[6]] = [1, 2, 3; 4, 5, 6; 7, 8, 9; 10, 20, -3; 1, 1, 1; 0.5, 0, 1]
claim "of the step":     u[t] = t * t
claim "listed":          [l[1], l[2], l[3], l[4], l[5], l[6]] = [1, 3, 3, 0, 5, 6; 2, 3, 4, 0, 5, 7]
claim "given":           [gv[t], gl[t]', gu[t]] = [v[t], l[t]', u[t]]
claim "a param's own":   [ov[t], ol[t]', ou[t]] = [v[t], l[t]', u[t]]
claim "none is zero":    abs(o[t]) > 0
claim "none is another": abs(o[t] - o[j]) > 0  for j = 1..t-1
claim "nor another's":   abs(o[t] - o2[t]) > 0
claim "before the first": o[0] = 0.5 * ones(2, n)
claim "0 or 1":          mask[t] = mask[t]^2
claim "some of each":    0 < sum(mask[t]) < 90
claim "of its own":      norm(mask[t] - mask[j]) > 0  for j = 1..t-1
claim "never":           never = 0
claim "always":          always = ones(2, n)
claim "one in a row":    rowsum(gm) = ones(4, 1)
claim "a square file":   f = c
claim "a line":          one_line = c
claim "a line each":     own_lines = c
claim "a vector":        vector = vec(c)
claim "filled":          fill = [1.5, 1.5, 1.5; 1.5, 1.5, 1.5]
claim "an expression":   eye3 + eye3 = eye(n)
claim "orthonormal":     U' @ U = eye(n) within 1e-12
claim "with a gain":     V' @ V = 4 * eye(2) within 1e-12
claim "two names":       two + names = 8
claim "one in each row": rowsum(hot[t]) = ones(4, 1)
claim "and only there":  hot[t] * hot[t] = hot[t]
claim "one in a column": sum(column) = 1
claim "no less":         between >= -1
claim "no more":         between < 3
claim "starts are 0":    [h[1]; h[2]; h[3]; h[4]; h[5]; h[6]] = [1; 2; 4; 7; 12; 20]
