/**
 * Ed25519 keys: {@link dev.hearsay.live.keys.Ed25519} signs and checks, {@link dev.hearsay.live.keys.KeyFile} keeps a key on disk.
 *
 * <p>Imports core's vocabulary, the JDK and one class of Bouncy Castle.
 */
@NullMarked
package dev.hearsay.live.keys;

import org.jspecify.annotations.NullMarked;
