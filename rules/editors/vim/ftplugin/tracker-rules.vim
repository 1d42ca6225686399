" Stanza files of tracker: :make checks the file at hand, :copen shows what is wrong with it.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
setlocal commentstring=#\ %s expandtab shiftwidth=2 textwidth=120
compiler tracker-rules
let b:undo_ftplugin = 'setlocal commentstring< expandtab< shiftwidth< textwidth< makeprg< errorformat<'
