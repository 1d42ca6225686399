" tracker rules check: FILE:LINE:COL: error: TEXT, then the line itself and a caret.
let current_compiler = 'tracker-rules'
CompilerSet makeprg=tracker\ rules\ check\ -q\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:\ %trror:\ %m,%-G%.%#
