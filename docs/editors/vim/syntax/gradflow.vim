" Vim syntax file: gradflow's equation language (.gf)

if exists("b:current_syntax")
  finish
endif

syntax case match

syntax match gradflowOperator /[-+*\/^@'|~=<>−∘⊙·⋅∙×ᵀ′’²³≤≥]\|\.\./
syntax match gradflowNumber /\%(\<\d\+\%(\.\.\@!\d*\)\?\|\.\@<!\.\d\+\)\%([eE][-+]\?\d\+\)\?/

syntax match gradflowDefinition /^\s*\zs[^-+*\/^@'|~=<>()[\]{},:;"# \t0-9][^-+*\/^@'|~=<>()[\]{},:;"# \t]*\ze\s*\%(\[[^]]*\]\)\?\s*=/

syntax keyword gradflowStatement title steps size seed input given param start loss let truncate claim
syntax keyword gradflowClause for within downto

syntax match gradflowFunction /\<\%(abs\|clip\|cols\|colsum\|cross_entropy\|csv\|diag\|entry\|exp\|eye\)\ze\s*(/
syntax match gradflowFunction /\<\%(hcat\|leaky_relu\|log\|log_softmax\|max\|mean\|min\|mse\|norm\|ones\)\ze\s*(/
syntax match gradflowFunction /\<\%(prod\|relu\|reshape\|rows\|rowsum\|sigmoid\|softmax\|softplus\|sqrt\|stop\)\ze\s*(/
syntax match gradflowFunction /\<\%(sum\|tanh\|vcat\|vec\|where\|zeros\)\ze\s*(/
syntax match gradflowFunction /σ\ze\s*(/
syntax match gradflowDerivative /\%(\<\%(abs\|clip\|exp\|leaky_relu\|log\|relu\|sigmoid\|softplus\|sqrt\|tanh\)\|σ\)['′’]\ze\s*(/
syntax match gradflowJudging /\<\%(grad\|jacobian\|kron\|norm2\|sumto\|unit\)\ze\s*(/
syntax match gradflowDistribution /\%(\~\s*\)\@<=\<\%(normal\|uniform\|xavier\|he\|orthogonal\|onehot\|bernoulli\)\>/

syntax region gradflowString start=/["“”]/ end=/["“”]/ oneline
syntax match gradflowComment /#.*$/ contains=@Spell

highlight default link gradflowComment Comment
highlight default link gradflowString String
highlight default link gradflowNumber Number
highlight default link gradflowOperator Operator
highlight default link gradflowStatement Statement
highlight default link gradflowClause Keyword
highlight default link gradflowDefinition Identifier
highlight default link gradflowFunction Function
highlight default link gradflowDerivative Function
highlight default link gradflowJudging Special
highlight default link gradflowDistribution Type

let b:current_syntax = "gradflow"
