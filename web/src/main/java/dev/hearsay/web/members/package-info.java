/**
 * Who is a member and how it was decided, as seeds and nodes tell it.
 *
 * <p>Begin with {@link dev.hearsay.web.members.Ballots}, which puts votes together, and {@link dev.hearsay.web.members.MemberLists}; {@link
 * dev.hearsay.web.members.MembersJson} is what browsers get of both.
 *
 * <p>Imports core, wire, live and web.picture.
 */
@NullMarked
package dev.hearsay.web.members;

import org.jspecify.annotations.NullMarked;
