autocmd BufRead,BufNewFile *.rules setfiletype tracker-rules
