# The command line itself: help, versions, mistakes.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 2
out_is ""
err_is "tracker reads news stories, records who said what, and lists pairs of
statements by officials that cannot both stand: pairs to check.

  tracker scan story.txt --date 2025-02-13      who claims what in one story
  tracker --help                                everything else"

tracker 0 --help
check "examples first" [ "$(head -n 1 out)" = Examples ]
err_is ""
for command in add scan read statements claims contradictions show search report eval "rules check" "rules why" "db check"; do
    # shellcheck disable=SC2086
    tracker 0 $command --help
    check "examples first" [ "$(head -n 1 out)" = Examples ]
    out_has "tracker $command"
done
tracker 0 --version
out_has "tracker "

tracker 2 claims --formt csv
out_is ""
err_is "tracker: error: unknown option --formt; did you mean --format?"
tracker 2 clams
err_is "tracker: error: unknown command clams; did you mean claims?"
tracker 2 claims --since 13/02/2025
err_is "tracker: error: --since 13/02/2025: no such day (want YYYY-MM-DD)"
tracker 2 report yesterday --out x
err_has "yesterday"
tracker 2 report 2025-02-13
err_has "--out DIR"

# A question does not make a database.
for command in statements claims contradictions "search x" "show x-1" "db check" "report 2025-02-13 --out x"; do
    # shellcheck disable=SC2086
    tracker 5 $command
    err_has "tracker.db: error:"
done
check "nothing was made" [ ! -e tracker.db ]

finish
