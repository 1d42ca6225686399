" Vim syntax for the stanza files of tracker (rules/README.md describes the language).
if exists('b:current_syntax')
  finish
endif

syntax match trackerComment "^\s*#.*$"
syntax match trackerHead "^[a-z]\+\s\+\S\+.*$" contains=trackerKind,trackerName,trackerLabel,trackerAttribute
syntax match trackerKind "^\(topic\|position\|modifier\|attribution\|verb\|sense\|pole\|opposite\|list\)\>" contained nextgroup=trackerName skipwhite
syntax match trackerName "[A-Za-z0-9_-]\+" contained
syntax region trackerLabel start=+\s"+ms=s+1 end=+"+ contained oneline
syntax match trackerAttribute "\<\(side\|denied\|as\|fallback\|asserted\|stance\|deed\|denial\|everything\|presupposed\|mild\|own\|sense\|kind\|reach\|rank\|tag\|effect\|takes\|off\)=" contained nextgroup=trackerValue
syntax match trackerValue "[^ \t\"]\+\|\"[^\"]*\"" contained

syntax match trackerKey "^\s\+\(about\|needs\|not\|cue\|phrase\|pattern\|forms\|words\|plus\|minus\)\>" nextgroup=trackerPattern
syntax match trackerPattern ".*$" contained contains=trackerSlot,trackerList,trackerVerb,trackerGap,trackerBar,trackerGroup
syntax match trackerSlot "<[A-Za-z0-9_-]\+\(:[A-Za-z0-9_-]\+\)\=>" contained
syntax match trackerList "@[A-Za-z0-9_-]\+" contained
syntax match trackerVerb "\~[^ \t()\[\]|]\+" contained
syntax match trackerGap "\.\.\.[0-9]\+" contained
syntax match trackerBar "|" contained
syntax match trackerGroup "[][()]" contained

syntax match trackerTest "^\s\+\(test\|todo\)\>" nextgroup=trackerSentence
syntax match trackerSentence ".\{-}\ze=>" contained nextgroup=trackerArrow
syntax match trackerArrow "=>.*$" contained contains=trackerWant,trackerString
syntax match trackerWant "\<\(speaker\|office\|content\|cue\|place\|said_on\|reporter\|kind\|denied\|position\|topic\|limit\|negated\|condition\|hedged\|unconditional\|none\)\>" contained
syntax region trackerString start=+"+ end=+"+ contained oneline

highlight default link trackerComment Comment
highlight default link trackerKind Keyword
highlight default link trackerName Function
highlight default link trackerLabel String
highlight default link trackerAttribute Type
highlight default link trackerValue Constant
highlight default link trackerKey Statement
highlight default link trackerSlot Identifier
highlight default link trackerList PreProc
highlight default link trackerVerb Special
highlight default link trackerGap Number
highlight default link trackerBar Operator
highlight default link trackerGroup Delimiter
highlight default link trackerTest Todo
highlight default link trackerSentence Normal
highlight default link trackerArrow Operator
highlight default link trackerWant Type
highlight default link trackerString String

let b:current_syntax = 'tracker-rules'
