# bash completion for tracker(1).  tests/test_cli.c holds the words equal to the option table in cli/cli.c.

_tracker()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    local command='' words='' word i
    local everywhere='--db --rules --no-shipped --format --output --excel --verbatim --exit-code --as-of --color --quiet --verbose --help --version'

    # The command is the first word that is no option; the value of --opt is not told apart from it here.
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        -*) ;;
        add|scan|read|statements|claims|contradictions|show|search|review|reviews|rescan|report|eval) command=$word; break ;;
        rules|officials|db) command=$word; [ $((i + 1)) -lt "$COMP_CWORD" ] && command="$word ${COMP_WORDS[i+1]}"; break ;;
        esac
    done

    case $prev in
    --relation) words='same-government different-governments self' ;;
    --reviewed) words='ok wrong unsure any' ;;
    --grade) words='contradiction tension reversal' ;;
    --kind) words='topic position modifier verb attribution list sense opposite' ;;
    --format) words='table csv json jsonl' ;;
    new) words='topic position verb modifier' ;;
    --color) words='auto always never' ;;
    --out|--reports|--rules) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    --db|--output|-o|--import) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    *)
        case $command in
        '') words='add scan read statements claims contradictions show search review reviews rescan report eval rules officials db' ;;
        rules) words='check test why list cost new try' ;;
        officials) words='check show on import' ;;
        db) words='check upgrade' ;;
        add) words='--date --dry-run --jobs --no-gate' ;;
        scan) words='--date --jobs --no-gate' ;;
        read) words='--date' ;;
        statements) words='--who --topic --since --until --source --limit' ;;
        claims) words='--who --topic --since --until --source --limit' ;;
        contradictions) words='--who --topic --since --until --source --relation --grade --new --unreviewed --reviewed --limit' ;;
        show) words='' ;;
        search) words='--who --topic --since --until --source --limit' ;;
        review) words='--note --by' ;;
        reviews) words='--since --until --reviewed --by --import --limit' ;;
        rescan) words='--dry-run --jobs --no-gate --limit' ;;
        report) words='--out --reports' ;;
        eval) words='--date --jobs --no-gate --floor --misses' ;;
        'rules check') words='--strict' ;;
        'rules test') words='--strict --coverage' ;;
        'rules why') words='--date --no-gate' ;;
        'rules list') words='--kind --uses' ;;
        'rules cost') words='--date --no-gate --limit' ;;
        'rules new') words='' ;;
        'rules try') words='--jobs --no-gate --limit' ;;
        'officials check') words='--strict' ;;
        'officials show') words='' ;;
        'officials on') words='' ;;
        'officials import') words='--map --country' ;;
        'db check') words='' ;;
        'db upgrade') words='' ;;
        esac
        case $command,$cur in
        add,[!-]*|scan,[!-]*|read,[!-]*|eval,[!-]*|add,|scan,|read,|eval,|'rules '[ctw]*,[!-]*|'rules '[ctw]*,|'officials '[ci]*,[!-]*|'officials '[ci]*,) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        *,-*) words="$words $everywhere" ;;
        esac ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -o filenames -F _tracker tracker
