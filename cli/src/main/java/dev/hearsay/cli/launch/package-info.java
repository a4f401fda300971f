/**
 * Starts and stops the processes that run nodes. {@link dev.hearsay.cli.launch.HostProcesses} does both; {@link
 * dev.hearsay.cli.launch.Ports} says beforehand which ports are taken.
 *
 * <p>Imports live's description of networks on disk, and the base and output packages.
 */
@NullMarked
package dev.hearsay.cli.launch;

import org.jspecify.annotations.NullMarked;
