" Vim file type: gradflow's equation language (.gf). `:make` goes to each line that does not hold, or cannot be read.

if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
setlocal makeprg=gradflow\ check\ --format\ gcc\ --color\ never\ %:S
setlocal errorformat=%f:%l:%c:\ %m,%f:%l:\ %m

let b:undo_ftplugin = "setlocal commentstring< comments< makeprg< errorformat<"
