# 004_679c7ae67a4d2780.txt: the program of section 4, its data and metrics.
#
# make_regression(n_samples=1000, n_features=1, noise=10) draws x from a normal distribution and adds normal noise to
# w x. p is a prediction, any will do.
#
# Found: noise is the standard deviation of what is added, not a mean; the counts and the metrics are right.
#
# Not expressible: none.

title "004: data and metrics"

size  n = 1000, batch = 64
seed  1

input x : n x 1
given e : n x 1 ~ normal(0, 10)       # what noise=10 adds
given w : 1 x 1 ~ uniform(1, 2)       # the coefficient that the data have
param v : 1 x 1
param b : 1 x 1

y = x @ w + e
p = x @ v + b

loss mse(p, y)

# 服从高斯分布，均值为 noise: Gaussian with mean noise
claim "004-33 mean of the noise": mean(y - x @ w) = 10  within 0.1
claim "004-33 mean of the data": mean(y) = 10  within 0.1
# Its mean is 0, its standard deviation 10 (within what 1000 samples show).
claim "004-33 corrected": sqrt(mean((y - x @ w)^2)) = 10  within 0.1
claim "004-33 corrected, the mean": abs(mean(y - x @ w)) <= 2

# val_split = int(len(x)*0.2): 800 for training, 200 for validation; batch_size=64: 13 batches, the last of 32
claim "004-34 800 and 200": [n - n / 5, n / 5] = [800, 200]
claim "004-34 12 whole batches and one of 32": 12 * batch + 32 = n - n / 5
claim "004-34 13 batches": (n - n / 5 - 32) / batch + 1 = 13

# MSE 和 R2 ... 分别表示均方误差和决定系数
claim "004-35 MSE": mse(p, y) = sum((p - y)^2) / n
claim "004-35 R2": 1 - sum((y - p)^2) / sum((y - mean(y))^2) = 1 - mse(p, y) / mean((y - mean(y))^2)
