# Names of any script, continued lines, and comments wherever they like.
# expect: holds
size größe = 2, 尺寸 = 3
param c̃ : größe x 尺寸 = [1, 2, 3;   # the first row
                          4, 5, 6]   # the second
param h₁, ĥ₂, _, x2 : 1 x 1 = 2
param Ж : 1 × 1 = 3
param x : 1 x 1 = 4
α₁ = h₁ +

  # between

  ĥ₂ *
  _
loss α₁ + sum(
  c̃ᵀ
) + Ж² + x
claim "sum": 
  loss_ = 6 + 21 + 9 + 4
loss_ = α₁ + sum(c̃') + Ж^2 + x
# joiners and variation selectors: می‌روم, 👩‍🔬, ❤️, and	a tab
claim "می‌روم 👩‍🔬 ❤️": x = 4
claim "chain": 0 <=
  h₁ < 3 <=
  Ж
