# Empty sums and products take whatever shape is needed where the bodies have another shape at every j, so that nothing
# but the need tells it; where all have one, an empty product is 1, or the identity, of that shape.
# expect: holds
steps T = 2
size n = 2
param w : n x n = [1, 2; 3, 4]
input x[t] : n x 1 = 5
param u : 1 x 1 = 0.5
none[t] = sum(j, 1..t-1, x[j])
loss sum(w) + sum(none[1])

claim "added":           w + sum(j, 1..0, rows(w, 1, j)) = w
claim "before":          sum(j, 1..0, rows(w, 1, j)) + w = w
claim "subtracted":      w - sum(j, 1..0, rows(w, 1, j)) = w
claim "and from it":     sum(j, 1..0, rows(w, 1, j)) - w = -w
claim "turned over":     -sum(j, 1..0, rows(w, 1, j))' + w = w
claim "multiplied":      sum(j, 1..0, rows(w, 1, j)) * w + w = w
claim "by a number":     2 * sum(j, 1..0, rows(w, 1, j)) + w = w
claim "from the left":   w @ sum(j, 1..0, rows(w, 1, j)) + w = w
claim "from the right":  sum(j, 1..0, rows(w, 1, j)) @ w + w = w
claim "divided":         sum(j, 1..0, rows(w, 1, j)) / w + w = w
claim "to a power":      sum(j, 1..0, rows(w, 1, j))^2 + w = w
claim "to the power 0":  sum(j, 1..0, rows(w, 1, j))^0 + w = w + 1
claim "tanh of zero":    tanh(sum(j, 1..0, rows(w, 1, j))) + w = w
claim "exp of zero":     exp(sum(j, 1..0, rows(w, 1, j))) + w = w + 1
claim "one minus zero":  1 - sum(j, 1..0, rows(w, 1, j)) + w = w + 1
claim "its sum":         sum(sum(j, 1..0, rows(w, 1, j))) + 3 = 3
claim "its entries":     vec(sum(j, 1..0, rows(w, 1, j))) + w = w
claim "a mean square":   mse(sum(j, 1..0, rows(w, 1, j)), w) = mean(w^2)
claim "another one":     mse(w, sum(j, 1..0, rows(w, 1, j))) = mean(w^2)
claim "as a number":     clip(w, sum(j, 1..0, j), 2) = [1, 2; 2, 2]
claim "known shape":     tanh(sum(t, 1..0, x[t])) = zeros(n, 1)
claim "in an equation":  none[1] = zeros(n, 1)

claim "one":             prod(j, 1..0, j) = 1
claim "identity":        prod(j, 1..0, rows(w, 1, j)) @ w = w
claim "on the right":    w @ prod(j, 1..0, rows(w, 1, j)) = w
claim "scaled":          (2 * prod(j, 1..0, rows(w, 1, j))) @ w = 2 * w
claim "halved":          prod(j, 1..0, rows(w, 1, j)) / 2 @ w = w / 2
claim "negative":        -prod(j, 1..0, rows(w, 1, j)) + w = w - eye(n)
claim "taken off":       w - prod(j, 1..0, rows(w, 1, j)) = w - eye(n)
claim "two of them":     prod(j, 1..0, rows(w, 1, j)) + prod(j, 1..0, w) + w = w + 2 * eye(n)
claim "each by itself":  prod(j, 1..0, rows(w, 1, j)) - prod(j, 1..0, w) + w = w
claim "turned over":     prod(j, 1..0, rows(w, 1, j))' @ w = w
claim "with zeros":      prod(j, 1..0, w) + sum(j, 1..0, w) = eye(n)
claim "entry by entry":  prod(j, 1..0, rows(w, 1, j)) * w = [1, 0; 0, 4]
claim "squared":         prod(j, 1..0, w)^2 = eye(n)
claim "beside":          [w, prod(j, 1..0, rows(w, 1, j))] = [w, eye(n)]
claim "of known size":   [prod(j, 1..0, w); w] = [eye(n); w]
claim "of a function":   exp(prod(j, 1..0, w)) = exp(eye(n))

s[t] = u * t
later[t] = w * prod(j, t+1..T, s[j])
claim "numbers":         prod(j, 3..2, s[j]) = 1
claim "beside a matrix": w * prod(j, 3..2, s[j]) = w
claim "beside a vector": prod(j, 3..2, s[j]) * x[1] = x[1]
claim "an equation's":   later[T] = w
claim "a broadcast":     u * prod(j, 1..0, w) = u * eye(n)
claim "plus a number":   prod(j, 1..0, w) + 1 = eye(n) + 1
