# Corners of the language: what is written in other signs, and what numbers, zeros and identities make of each other.
# expect: holds
title “corners”
steps T = 3
size n = 2, one = 1^1000000000000, none = 0^1000000000000, sign = (0 - 1)^1000000000001, plus = (0-1)^2
size quotient = 7 / 7 * 3 - 2^3 / 4, much = 2^30 / 2^28, kept = (n + one) * 2
param W : n x n = [1, 2; 3, 4]
param F : n x 3 = [1, 2, 3; 4, 5, 6]
param a23456789b123456789c123456789d123456789e123456789f123456789g123456789h123456789i123456789j123456789k123456789l123456789m123456789n123456789o123456789p123456789q123456789r123456789s123456789t123456789 : 1 x 1 = 8
start s[0], e[T+1] : n x 1 = [1; 1]
s[t] = W @ s[t-1] / 4
e[t] = W @ e[t+1] / 4
loss sum(s[T]) + sum(e[1])

claim "sizes":                one + none + sign + plus = 1
claim "of quotients":         quotient = 1
claim "of powers":            much = 4
claim "in brackets":          kept = 6
claim "a name of 200 bytes":  a23456789b123456789c123456789d123456789e123456789f123456789g123456789h123456789i123456789j123456789k123456789l123456789m123456789n123456789o123456789p123456789q123456789r123456789s123456789t123456789 = 8
claim "other blanks":         1　+ 1 + 1 + 1 = 4
claim "full width":           ［n、 one； （3）， 4］ ＝ ［2, 1; 3, 4］

claim "no terms":             W + sum(j, 1..0, W) - sum(j, 1..0, W) = W
claim "taken from no terms":  sum(j, 1..0, W) - W = -1 * W
claim "no terms in products": W @ sum(j, 1..0, W) + W = W
claim "times no terms":       sum(j, 1..0, W) * W + W = W
claim "no terms divided":     sum(j, 1..0, W) / W + W = W
claim "a number of them":     2 * sum(j, 1..0, 1) + 1 = 1
claim "a row of them":        sum(j, 1..0, rows(F, 1, 1)) * F + F = F
claim "their function":       tanh(sum(j, 1..0, W)) + exp(sum(j, 1..0, W)) = ones(2, 2)
claim "inner sizes":          [F' @ sum(j, 1..0, W), F'] = [zeros(3, 2), F']

claim "the identity scaled":  (3 * prod(j, 1..0, W)) @ F = 3 * F
claim "from the right":       F' @ (prod(j, 1..0, W) * 3) = 3 * F'
claim "divided":              (prod(j, 1..0, W) / 4) @ F = F / 4
claim "turned round":         (-prod(j, 1..0, W)) @ F = -F
claim "added":                (prod(j, 1..0, W) + prod(j, 2..1, W)) @ F = 2 * F
claim "subtracted":           (prod(j, 1..0, W) - 3 * prod(j, 2..1, W)) @ F = -2 * F
claim "multiplied":           (2 * prod(j, 1..0, W) @ (3 * prod(j, 1..0, W))) @ F = 6 * F
claim "and nothing left":     (prod(j, 1..0, W) - prod(j, 1..0, W)) @ F = 0 * F
claim "transposed":           (2 * prod(j, 1..0, W))' @ F = 2 * F
claim "beside a matrix":      2 * prod(j, 1..0, W) + W = [3, 2; 3, 6]
claim "in a block":           [prod(j, 1..0, W), W] = [1, 0, 1, 2; 0, 1, 3, 4]

claim "numbers first":        [2 + W, 2 - W, 2 * W] = [3, 4, 1, 0, 2, 4; 5, 6, -1, -2, 6, 8]
claim "numbers last":         [W + 2, W - 2, W * 2, W / 2] = [3, 4, -1, 0, 2, 4, 0.5, 1; 5, 6, 1, 2, 6, 8, 1.5, 2]
claim "number by matrix":     2 / W = [2, 1; 2 / 3, 0.5]
claim "1 x 1 by matrix":      [2] @ [3, 4] = [6, 8]
claim "powers":               [W^0, W^1, W^-1 * W, W^0.5 * W^0.5] = [1, 1, 1, 2, 1, 1, 1, 2; 1, 1, 3, 4, 1, 1, 3, 4]
claim "downwards":            sum(j, 3 downto 1, 10^j * j) = 3210
claim "nine parts":           [1, 2, 3, 4, 5, 6, 7, 8, 9] @ ones(9, 1) = 45
claim "eight parts":          [1, 2, 3, 4, 5, 6, 7, 8] @ ones(8, 1) = 36
claim "from both ends":       s[t] = e[T+1-t]
claim "a start":              s[0] + e[T+1] = [2; 2]
