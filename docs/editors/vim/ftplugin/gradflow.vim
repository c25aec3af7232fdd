" Vim file type: gradflow's equation language (.gf). `:make` checks the file and goes to what cannot be read.

if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
setlocal makeprg=gradflow\ check\ --color\ never\ %:S
setlocal errorformat=%f:%l:%c:\ error:\ %m

let b:undo_ftplugin = "setlocal commentstring< comments< makeprg< errorformat<"
