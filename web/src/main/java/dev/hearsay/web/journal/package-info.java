/**
 * What was: the last events as nodes have written them, and how nodes and links were at each moment of the same while.
 *
 * <p>Begin with {@link dev.hearsay.web.journal.Past}; {@link dev.hearsay.web.journal.EventLog} keeps the events, {@link
 * dev.hearsay.web.journal.History} what became of nodes and links, and {@link dev.hearsay.web.journal.EventLogApi} tells browsers of both.
 *
 * <p>Imports core, wire, live and web.http. It knows nodes by their numbers, and asks {@link dev.hearsay.web.journal.Names} for the rest.
 */
@NullMarked
package dev.hearsay.web.journal;

import org.jspecify.annotations.NullMarked;
