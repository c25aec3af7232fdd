# What people paste from LaTeX.
steps T = 3
size  n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
\begin{align}
h_t &= \tanh\left(\mathbf{U} x_t + \mathbf{W} h_{t-1}\right) \\
a^{(t)} = \sigma(W_{hh} h^{(t)}) \odot h^{(t-1)}
b^{\langle t \rangle} = W \cdot h^{\langle t \rangle}
$c_t = \frac{1}{1 + e^{-h_t}}$
d_t = W^{-1} h_t
e_t = \mathrm{softmax}(W h_t) + \sqrt{h_t^{2}}
f_t = \tilde{c}_t \times \hat{y}_t + \alpha
g_t = \unknown{h_t} \quad \forall t
M \in \mathbb{R}^{m \times n}
\end{align}
loss \frac{1}{T} \sum_{t=1}^{T} \|V h_t - y_t\|^2
claim \frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial h_t} h_{t-1}^\top
claim \frac{d\mathcal{L}}{dh_t} = W^{T} \frac{d\mathcal{L}}{dh_{t+1}}
claim \frac{\partial h_t}{\partial h_{t-1}} = diag(1 - h_t^2) W
claim \nabla_W L \leq 1
let \delta_t = W^T \delta_{t+1} \circ (1 - h_t^2)
claim \delta_t \approx \prod_{k=1}^{t} W
# error 10:1 \begin{…} is a matter of layout: equations stand one a line: leave it out
# error 11:5 &= is an = of aligned equations: write =
# error 12:1 a^{(t)} is one step: an index stands in [ ]: write a[t]
# error 13:1 b^{\langle t \rangle} is one step: an index stands in [ ]: write b[t]
# error 14:1 $ is a matter of layout: leave it out
# error 15:8 ^{-1} is an inverse, which no operation works out: multiply the equation by the matrix, or declare the inverse as a param
# error 16:7 \mathrm{softmax} is a name, without its typeface: write softmax
# error 17:7 \tilde{c} is a name with a tilde: write c̃
# error 18:7 \unknown is a command of LaTeX that the language has no sign for: write what it stands for
# error 19:1 M \in \mathbb{R}^{a \times b} is a declaration: write param M : m x n
# error 20:1 \end{…} is a matter of layout: equations stand one a line: leave it out
# error 21:6 \frac{1}{T} is a quotient: write 1 / T
# error 22:7 \frac{\partial a}{\partial b} is a derivative: write grad(W), or jacobian(y, x)
# error 23:7 \frac{da}{db} is a derivative: write grad(W), or jacobian(y, x)
# error 24:7 \frac{\partial a}{\partial b} is a derivative: write grad(W), or jacobian(y, x)
# error 25:7 \nabla_W L is the gradient of the loss: write grad(W)
# error 26:5 \delta is a letter, which is one here, too: write δ
# error 27:7 \delta is a letter, which is one here, too: write δ
