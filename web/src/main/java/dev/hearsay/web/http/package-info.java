/**
 * What the answers of all parts have in common: how JSON is sent, parameters are read, and who may change something.
 *
 * <p>Imports live.http, wire and Vert.x; no other package of web.
 */
@NullMarked
package dev.hearsay.web.http;

import org.jspecify.annotations.NullMarked;
