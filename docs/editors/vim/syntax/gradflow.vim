" Vim syntax file: gradflow's equation language (.gf)

if exists("b:current_syntax")
  finish
endif

syntax case match

syntax match gradflowOperator /[-+*\/^@'|~=<>−∘⊙·⋅∙×ᵀ′’²³≤≥]\|\.\./
syntax match gradflowNumber /\%(\<\d\+\%(\.\.\@!\d*\)\?\|\.\@<!\.\d\+\)\%([eE][-+]\?\d\+\)\?/

syntax match gradflowDefinition /^\s*\zs[^-+*\/^@'|~=<>()[\]{},:;"# \t0-9][^-+*\/^@'|~=<>()[\]{},:;"# \t]*\ze\s*\%(\[[^]]*\]\)\?\s*=/

syntax keyword gradflowStatement title steps size seed input param start loss let truncate claim
syntax keyword gradflowClause for within downto

syntax match gradflowFunction /\<\%(sigmoid\|tanh\|relu\|exp\|log\|sqrt\|abs\|softmax\|log_softmax\|cross_entropy\|mse\)\ze\s*(/
syntax match gradflowFunction /\<\%(sum\|mean\|norm\|rowsum\|colsum\|prod\|diag\|vec\|reshape\|rows\|cols\)\ze\s*(/
syntax match gradflowFunction /\<\%(zeros\|ones\|eye\|stop\|clip\|csv\)\ze\s*(/
syntax match gradflowFunction /σ\ze\s*(/
syntax match gradflowDerivative /\%(\<\%(sigmoid\|tanh\|relu\|exp\|log\|sqrt\|abs\|clip\)\|σ\)['′’]\ze\s*(/
syntax match gradflowJudging /\<\%(grad\|jacobian\|max\|min\|norm2\|kron\|unit\|sumto\)\ze\s*(/
syntax match gradflowDistribution /\%(\~\s*\)\@<=\<\%(normal\|uniform\|xavier\|he\|orthogonal\|onehot\)\>/

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
