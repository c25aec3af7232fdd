autocmd BufRead,BufNewFile *.gf set filetype=gradflow
