/** Compiles the engine to JavaScript, as a step of the build. May import TeaVM's tooling and nothing of ours. */
@NullMarked
package dev.hearsay.learn.compiler;

import org.jspecify.annotations.NullMarked;
