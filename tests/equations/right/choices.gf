# Comparisons, max, min and where: values, and what stands where. Claims without derivatives, all of them hold.
# expect: holds
title "choices"
steps T = 4
size n = 3
param A : 2 x 3 = [1, 2, 3; 4, 5, 6]
param c : 1 x 3 = [0, 3, 4]
param v : 2 x 1 = [2; 5]
start h[0] : 2 x 3 = 0
h[t] = where(t > 2, A, h[t-1] + 1)
loss sum(h[T])

claim "larger":              (A > v) = [0, 0, 1; 0, 0, 1]
claim "larger or the same":  (A >= v) = [0, 1, 1; 0, 1, 1]
claim "smaller":             (A < v) = 1 - (A >= v)
claim "smaller or the same": (A ≤ v) = 1 - (A > v)
claim "binds loosest":       (A + 1 > 2 * A - 1) = [1, 0, 0; 0, 0, 0]
claim "in a product":        (c > 0) * c = c
claim "a claim's relation":  A > 0
claim "one after another":   (A > 1) >= (A > 2)
claim "in a chain":          0 <= (A > v) < 2
claim "of numbers":          (n > 2) + (T < n) = 1
claim "of an index":         sum(t, t > 2) = 2
claim "of a sum's argument": sum(A > v) = 2
claim "in two brackets":     ((A > v) < 1) = (A <= v)
claim "transposed":          (A > v)' = (A' > v')
claim "the larger":          max(A, v) = [2, 2, 3; 5, 5, 6]
claim "the smaller":         min(A, c) = [0, 2, 3; 0, 3, 4]
claim "of two numbers":      max(n, 2) = 3
claim "clipped":             min(max(A, 2), 5) = clip(A, 2, 5)
claim "chosen":              where(A > v, A, -v) = [-2, -2, 3; -5, -5, 6]
claim "chosen by numbers":   where(c, 1, 2) = [2, 1, 1]
claim "not taken":           where(A > 0, A, 1 / 0) = A
claim "log of what is not":  where(c > 0, log(c), 0) = [0, log(3), log(4)]
claim "by step":             h[2] = 2 * ones(2, 3)
claim "by step, later":      h[3] = A
claim "an empty sum":        max(A, sum(j, 1..0, A) + 2) = max(A, 2)
claim "an empty one":        where(sum(j, 1..0, A), 1, A) = A
