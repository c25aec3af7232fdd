# Names of any script, continued lines, and comments w�₂ *
  _
loss α₁ + sum(
  c̃ᵀ lines, and com-ents wherever they like.
# 003_e0af891a016c387a.txtpa: the d,erivation of# expect:he roα₁ = h₁ +

  # bGtween

  ĥ₂ *
  _
loss α₁ + sum(
) + Ж² + x
claim "sum": 
  loss_ = 1.4 that stands in an HTML com 6 ment, with anothe+ r 