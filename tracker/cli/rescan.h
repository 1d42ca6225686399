/*
 * rescan.h - the stories on file read again with other rules
 *
 *     store + rules  ->  gained  claim  c-...  NATO membership for Ukraine  Ada Roe  "still on the table"
 *                        lost    pair   x-...
 *                        changed claim  c-...  position closed -> open
 *
 * What `rescan` does with the rules of the run, and what trying out a changed
 * set of rules needs: extraction on all cores, then store_draft_compare().
 */
#ifndef TRACKER_RESCAN_H
#define TRACKER_RESCAN_H

#include "cli/session.h"

/*
 * Read every story of the store again and send what would change to `each`, claims before pairs.  keep: put it into
 * the store as well, which must be writable; otherwise nothing is written and the store may be open for reading only.
 * False after reporting to session->problems; the store is then as it was.
 */
bool rescan_run(Session *session, Store *store, const Rules *rules, bool keep, DraftEach *each, void *user,
                DraftSummary *summary);

/* "21,204 stories; claims 53,028 -> 53,100: 120 gained, 48 lost, 33 changed; pairs ..." on stderr. */
void rescan_say(Session *session, const DraftSummary *summary);

#endif
